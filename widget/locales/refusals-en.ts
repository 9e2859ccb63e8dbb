import type { RefusalText, RefusalTexts } from './refusals-zh.ts';

const ourFault: RefusalText = {
  title: 'Something went wrong',
  text: 'It is not anything you did.',
  next: 'Try again. If it keeps failing, go to the police ID window.',
};
const cameraAway: RefusalText = {
  title: 'No camera',
  text: 'The face check needs a camera.',
  next: 'Use a phone with a camera, or go to the police ID window.',
};
const verifyFirst: RefusalText = {
  title: 'Check needed again',
  text: 'So that nobody else can use your code, please do the face check again.',
  next: 'This uses no application.',
};
export const refusalsEn: RefusalTexts = {
  'invalid-request': ourFault,
  'unsupported-document': {
    title: 'This document cannot be used here',
    text: 'Only a Chinese resident ID card can be used for an electronic temporary boarding ID.',
    next: 'Take the document to the police ID window at the station.',
  },
  'invalid-id-number': {
    title: 'The number is not right',
    text: 'It does not pass the check.',
    next: 'Compare it with your card digit by digit, then send it again.',
  },
  'first-generation-id-number': {
    title: 'Enter the 18-character number',
    text: 'You entered an old 15-digit number.',
    next: 'Enter the 18-character number of your resident ID card.',
  },
  'invalid-name': {
    title: 'The name is not right',
    text: 'It must be the name on the resident ID card.',
    next: 'Check it and send it again.',
  },
  'consent-required': {
    title: 'Please confirm',
    text: 'You have to confirm that you act for yourself.',
    next: 'Tick the box and send it again.',
  },
  'location-required': {
    title: 'Location needed',
    text: 'You cannot apply without a location.',
    next: 'Share your location, then send it again.',
  },
  'proof-still-valid': {
    title: 'You already have a valid ID',
    text: 'A new one cannot be issued yet.',
    next: 'You can view the one you have.',
  },
  'quota-exhausted': {
    title: 'No application left this month',
    text: 'Each person has a limited number of applications a calendar month.',
    next: 'To travel today, get a paper ID at the police ID window of the station.',
  },
  'liveness-failed': {
    title: 'Face check not passed',
    text: 'It could not be confirmed that it is you; perhaps the light or the angle.',
    next: 'Try again in better light. No application was used.',
  },
  'liveness-expired': {
    title: 'The check took too long',
    text: 'It was not finished in time.',
    next: 'Try again. No application was used.',
  },
  'liveness-mismatch': {
    title: 'Face check not passed',
    text: 'The check does not match this request.',
    next: 'The applicant has to do the check. No application was used.',
  },
  'review-pending': {
    title: 'Under review',
    text: 'The review takes a little while.',
    next: 'Please come back later.',
  },
  'review-refused': {
    title: 'Review refused',
    text: 'This application was not approved, and does not count.',
    next: 'Get a paper ID at the police ID window of the station.',
  },
  'no-valid-proof': {
    title: 'No valid ID',
    text: 'There is no ID to show.',
    next: 'Apply first.',
  },
  'verification-required': verifyFirst,
  'session-required': {
    title: 'Please sign in',
    text: 'This needs an account.',
    next: 'Sign in, or go on without signing in.',
  },
  'session-expired': {
    title: 'Sign-in has expired',
    text: 'Your account needs to sign in again.',
    next: 'Sign in again and come back.',
  },
  'credential-required': verifyFirst,
  'invalid-dpop-proof': ourFault,
  'use-dpop-nonce': ourFault,
  'idempotency-conflict': ourFault,
  'rate-limited': {
    title: 'Too many tries',
    text: 'There were too many in a short time.',
    next: 'Wait a moment and try again.',
  },
  'not-found': {
    title: 'Not found',
    text: 'This request may have expired.',
    next: 'Please start again.',
  },
  unavailable: {
    title: 'Service not available',
    text: 'The service is busy.',
    next: 'Try again later; in a hurry, go to the police ID window.',
  },
  'no-connection': {
    title: 'No network',
    text: 'The service could not be reached.',
    next: 'Check your connection and try again.',
  },
  'unintelligible-answer': ourFault,
  'liveness-undelivered': {
    title: 'Your check did not get through in time',
    text: 'The network was away too long for this check to count. No application was used.',
    next: 'Please do the check once more; if you are in a hurry, go to the police ID window.',
  },
  'camera-denied': {
    title: 'Camera not allowed',
    text: 'The face check needs the camera.',
    next: 'Allow the camera in your settings, then try again.',
  },
  'camera-missing': cameraAway,
  'camera-busy': {
    title: 'Camera in use',
    text: 'Another program is using the camera.',
    next: 'Close it and try again.',
  },
  'liveness-unavailable': {
    title: 'Check not available',
    text: 'The face check cannot be done right now.',
    next: 'Try again later; in a hurry, go to the police ID window.',
  },
  'keys-unavailable': {
    title: 'This browser cannot be used',
    text: 'It cannot keep a key safely.',
    next: 'Open this page by HTTPS in the app or a current browser, or go to the police ID window.',
  },
};

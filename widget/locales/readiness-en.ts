import type { readinessZh } from './readiness-zh.ts';

export const readinessEn: typeof readinessZh = {
  'insecure-context': {
    title: 'This page is not encrypted',
    text: 'Without encryption it can neither keep a key nor find your position.',
    next: 'Open it in the app, or at an address that begins with https.',
  },
  'keys-unavailable': {
    title: 'This browser is too old',
    text: 'It cannot make the key that your code needs.',
    next: 'Update the browser or the app, or use another phone.',
  },
  'location-unsupported': {
    title: 'No location here',
    text: 'Your city is needed to apply.',
    next: 'Use a phone browser or the app; viewing an ID needs no location.',
  },
  'location-withheld': {
    title: 'Location is not shared here',
    text: 'The page around this one keeps it back. Your city is needed to apply; viewing an ID does not need it.',
    next: 'Use the app, or open this service by itself in a browser.',
  },
  'location-blocked': {
    title: 'Location is switched off',
    text: 'Your city is needed to apply; viewing an ID does not need it.',
    next: '',
  },
  'camera-withheld': {
    title: 'The camera is not shared here',
    text: 'The page around this one keeps it back. The face check needs it.',
    next: 'Use the app, or open this service by itself in a browser.',
  },
  'camera-missing': {
    title: 'No camera found',
    text: 'The face check needs a camera.',
    next: 'Connect one, or use a phone that has one.',
  },
  'camera-blocked': {
    title: 'The camera is switched off',
    text: 'The face check needs it.',
    next: '',
  },
  'storage-refused': {
    title: 'This browser keeps no data',
    text: 'It may be in private mode, or full. After closing the page you verify again to see your code.',
    next: 'Leave private mode or free some space; or go on for now.',
  },
  offline: {
    title: 'No network',
    text: 'Applying and verifying need a network.',
    next: 'Turn on mobile data or Wi-Fi; this page then goes on by itself.',
  },
};

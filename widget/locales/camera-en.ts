import type { CameraTexts } from './camera-zh.ts';

export const cameraEn: CameraTexts = {
  denied: {
    what: 'The camera is not allowed yet',
    how: 'Choose “Try again”, then “Allow” when you are asked.',
  },
  blocked: {
    what: 'The camera is not allowed',
    how: {
      android:
        'Let this app or browser use the camera in the phone’s app settings, then try again.',
      ios: 'Find this app or your browser in Settings, turn on Camera, then try again.',
      desktop: 'Use the icon beside the address to allow the camera for this site, then try again.',
    },
  },
  withheld: {
    what: 'The camera is not shared here',
    how: 'The page around this one keeps it back. Use the app, or open this service by itself.',
  },
  missing: {
    what: 'No camera was found',
    how: 'Connect one and try again, or use a phone that has a camera.',
  },
  busy: {
    what: 'The camera is in use',
    how: 'End any video call, close other programs that use the camera, then try again.',
  },
  dark: {
    what: 'The picture is black',
    how: 'Take away whatever covers the lens, find some light, then try again.',
  },
  ended: {
    what: 'The camera went off',
    how: 'It may be unplugged, or another program or the system took it. Check, then try again.',
  },
  'no-answer': {
    what: 'The camera did not answer',
    how: 'If you are asked, choose “Allow”; if not, close other programs that use the camera. Then try again.',
  },
  unsupported: {
    what: 'The camera cannot be used here',
    how: 'Open this page by HTTPS in the app or a current browser.',
  },
  left: {
    what: 'You left the page, so the camera was turned off',
    how: 'Open it again to go on where you were.',
  },
};

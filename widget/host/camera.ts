import { watchPicture } from './camera-picture.ts';

/** Why there is no picture, before the camera has opened or after. */
export type CameraFailure =
  /** Asked, and not allowed; the browser would ask again. */
  | 'denied'
  /** Not allowed, and the browser does not ask: only its settings, or the phone's, help. */
  | 'blocked'
  /** Kept from this page by its host: no setting helps. */
  | 'withheld'
  /** There is no camera. */
  | 'missing'
  /** There is one, and something else has it. */
  | 'busy'
  /** It is open, and every picture is black. */
  | 'dark'
  /** It was open, and has gone: unplugged, or taken away by the system. */
  | 'ended'
  /** Neither a camera nor an error came, or a camera that gives no picture. */
  | 'no-answer'
  /** No cameras in this browser, or none outside of HTTPS. */
  | 'unsupported';

/** An open camera. */
export interface Camera {
  video: HTMLVideoElement;
  /** Resolves with the first picture that is not black; never, when there is none. */
  picture: Promise<void>;
  /** The present picture, on a canvas of its own. It is sent nowhere. */
  capture: () => HTMLCanvasElement;
  stop: () => void;
}

export type CameraAnswer = { ok: true; camera: Camera } | { ok: false; reason: CameraFailure };

export interface CameraPort {
  /**
   * Opens the front camera. Always answers; the camera is off again once the signal aborts.
   *
   * @param lost called at most once, with the camera off, when an open one gives no picture any
   *   more
   */
  open: (signal: AbortSignal, lost: (reason: CameraFailure) => void) => Promise<CameraAnswer>;
}

/** What it needs of the browser; each part absent where the browser has none. */
export interface BrowserCameraOptions {
  mediaDevices: Pick<MediaDevices, 'getUserMedia'> | undefined;
  /** What the traveller has decided about the camera before; nothing where the browser does not tell. */
  permission: () => Promise<PermissionState | undefined>;
  withheld: () => Promise<boolean>;
  /** Outside of one, browsers refuse without asking. */
  secureContext: boolean;
  after: (milliseconds: number, callback: () => void) => () => void;
}

/** Long enough to read a permission prompt; some web views never settle at all. */
const watchdogMilliseconds = 30_000;

/** By the name of the `DOMException` of `getUserMedia`, except for `NotAllowedError`. */
const failures: Record<string, CameraFailure> = {
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
  SecurityError: 'unsupported',
  TypeError: 'unsupported',
};

/** The browser's front camera. */
export function createBrowserCamera(options: BrowserCameraOptions): CameraPort {
  const { mediaDevices, permission, secureContext, after } = options;

  function open(signal: AbortSignal, lost: (reason: CameraFailure) => void): Promise<CameraAnswer> {
    return new Promise((resolve) => {
      if (!mediaDevices || !secureContext) {
        resolve({ ok: false, reason: 'unsupported' });
        return;
      }
      let waiting = true;
      const giveUp = () => fail('no-answer');
      const cancelWatchdog = after(watchdogMilliseconds, giveUp);
      signal.addEventListener('abort', giveUp, { once: true });
      function answer(found: CameraAnswer): void {
        waiting = false;
        cancelWatchdog();
        signal.removeEventListener('abort', giveUp);
        resolve(found);
      }
      function fail(reason: CameraFailure): void {
        answer({ ok: false, reason });
      }
      mediaDevices.getUserMedia({ video: { facingMode: 'user' } }).then(
        (stream) => {
          if (waiting) answer({ ok: true, camera: show(stream, signal, lost) });
          // Nobody waits for a camera that opens late: it would only keep its light on.
          else turnOff(stream);
        },
        async (error: unknown) => fail(await reasonOf(error)),
      );
    });
  }

  async function reasonOf(error: unknown): Promise<CameraFailure> {
    const name = error instanceof Error ? error.name : '';
    if (name !== 'NotAllowedError') return failures[name] ?? 'busy';
    if (await options.withheld()) return 'withheld';
    // Where the browser cannot tell, the settings are named: that helps in either case.
    return (await permission()) === 'prompt' ? 'denied' : 'blocked';
  }

  function show(
    stream: MediaStream,
    signal: AbortSignal,
    lost: (reason: CameraFailure) => void,
  ): Camera {
    const closing = new AbortController();
    const whileOpen = { once: true, signal: closing.signal };
    const stop = () => {
      closing.abort();
      turnOff(stream);
    };
    const lose = (reason: CameraFailure) => {
      if (closing.signal.aborted) return;
      stop();
      lost(reason);
    };
    signal.addEventListener('abort', stop, whileOpen);
    const [track] = stream.getVideoTracks();
    track?.addEventListener('ended', () => lose('ended'), whileOpen);

    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    video.srcObject = stream;
    // One that cannot play has no picture, which is noticed.
    video.play().catch(() => undefined);
    const picture = new Promise<void>((seen) => {
      const black = () => {
        // The system mutes the track of a camera that it gives to somebody else.
        if (track?.muted) lose('busy');
        else lose(video.readyState < video.HAVE_CURRENT_DATA ? 'no-answer' : 'dark');
      };
      watchPicture(video, { after, signal: closing.signal, seen, black });
    });
    return { video, picture, capture: () => draw(video), stop };
  }

  return { open };
}

function turnOff(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function draw(video: HTMLVideoElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return canvas;
}

import type { ReadPicture } from './image-reader.ts';

/** Why there is no camera: not allowed, none there, in use by another program, or not over HTTPS. */
export type CameraFailure = 'denied' | 'missing' | 'busy' | 'insecure';

export type CameraStart = { ok: true; stop: () => void } | { ok: false; failure: CameraFailure };

/** How often a frame is read, milliseconds. */
const frameMilliseconds = 120;
/** A code that was out of sight this long counts as shown anew; milliseconds. */
const awayMilliseconds = 2_000;

export interface CameraPorts {
  /** The device, or a rejection as `getUserMedia` gives it. */
  open: () => Promise<MediaStream>;
  read: ReadPicture;
  /** Gets each text once for as long as it stays in sight. */
  found: (text: string) => void;
  /** Hears of a camera that ended, or of frames that could not be read: nothing is read any more. */
  lost: () => void;
  /** Milliseconds, from any origin. */
  now: () => number;
  after: (milliseconds: number, callback: () => void) => () => void;
}

/** The camera at the back, or whichever there is. */
export async function openCamera(): Promise<MediaStream> {
  // Browsers hide cameras from pages that came over plain HTTP from another machine.
  if (!('mediaDevices' in navigator)) throw new DOMException('', 'InvalidStateError');
  return navigator.mediaDevices.getUserMedia({
    video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
  });
}

/** Shows the camera in `video` and reads its frames until stopped. */
export async function startCamera(
  video: HTMLVideoElement,
  { open, read, found, lost, now, after }: CameraPorts,
): Promise<CameraStart> {
  let stream: MediaStream;
  try {
    stream = await open();
    video.srcObject = stream;
    await video.play();
  } catch (thrown) {
    return { ok: false, failure: failureOf(thrown) };
  }

  const fresh = freshTexts(now);
  let running = true;
  let cancel = (): void => {};
  const stop = (): void => {
    running = false;
    cancel();
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
  const giveUp = (): void => {
    if (!running) return;
    stop();
    lost();
  };
  for (const track of stream.getTracks()) track.addEventListener('ended', giveUp);
  const next = async (): Promise<void> => {
    try {
      const [text, another] = await read(video);
      if (!running) return;
      // Of two phones in sight nobody can say whose turn it is.
      if (text !== undefined && another === undefined && fresh(text)) found(text);
      cancel = after(frameMilliseconds, () => void next());
    } catch {
      giveUp();
    }
  };
  void next();
  return { ok: true, stop };
}

/**
 * Says of each text read whether it has just come into sight. A phone that is still held there
 * after its verdict must not be judged again: it would read as a replay.
 */
export function freshTexts(now: () => number): (text: string) => boolean {
  let last: { text: string; at: number } | undefined;
  return (text) => {
    const at = now();
    const fresh = last?.text !== text || at - last.at > awayMilliseconds;
    last = { text, at };
    return fresh;
  };
}

function failureOf(thrown: unknown): CameraFailure {
  const name = thrown instanceof DOMException ? thrown.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'InvalidStateError') return 'insecure';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  return 'busy';
}

/** An open camera. */
export interface Camera {
  video: HTMLVideoElement;
  /** The present picture, on a canvas of its own. It is sent nowhere. */
  capture: () => HTMLCanvasElement;
  stop: () => void;
}

/** Opens the front camera; nothing where there is none, or it is refused or in use. */
export async function openCamera(signal: AbortSignal): Promise<Camera | undefined> {
  const stream = await openStream();
  if (!stream) return undefined;
  const stop = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  // The check may have ended while the traveller was being asked.
  if (signal.aborted) {
    stop();
    return undefined;
  }
  signal.addEventListener('abort', stop, { once: true });
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  try {
    // Until it plays there is no picture to capture.
    await video.play();
  } catch {
    stop();
    return undefined;
  }
  return { video, capture: () => draw(video), stop };
}

async function openStream(): Promise<MediaStream | undefined> {
  try {
    return await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'user' } });
  } catch {
    return undefined;
  }
}

function draw(video: HTMLVideoElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return canvas;
}

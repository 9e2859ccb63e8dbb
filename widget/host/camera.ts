/** An open camera. */
export interface Camera {
  video: HTMLVideoElement;
  /** The present picture, on a canvas of its own. It is sent nowhere. */
  capture: () => HTMLCanvasElement;
  stop: () => void;
}

/** Opens the front camera; nothing where there is none, or it is refused or in use. */
export async function openCamera(signal: AbortSignal): Promise<Camera | undefined> {
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'user' } });
  } catch {
    return undefined;
  }
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
  video.autoplay = true;
  video.srcObject = stream;
  return { video, capture: () => draw(video), stop };
}

function draw(video: HTMLVideoElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return canvas;
}

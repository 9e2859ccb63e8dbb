/** Small, so that a look costs next to nothing and the noise of a covered sensor averages out. */
const width = 16;
const height = 12;
/**
 * The mean of all channels, of 255, up to which a picture is black. A closed shutter gives 0, or 16
 * from drivers that hand on video black as it is; noise behind a finger adds little to that. Any
 * camera that sees a room, even a dim one, raises its exposure until the mean is several times this.
 */
const blackLevel = 20;
const lookEveryMilliseconds = 100;
/** 5 s: cameras begin with black pictures, slow ones with a second or two of them. */
const looksUntilBlack = 50;

export interface PictureWatch {
  after: (milliseconds: number, callback: () => void) => () => void;
  signal: AbortSignal;
  /** A picture that is not black; called for each. */
  seen: () => void;
  /** Every look of the last seconds was black, or had no picture; called once, then it rests. */
  black: () => void;
}

/** Looks at what a video shows until the signal aborts. */
export function watchPicture(video: HTMLVideoElement, watch: PictureWatch): void {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  let blackLooks = 0;
  const look = () => {
    if (watch.signal.aborted) return;
    if (hasPicture(video) && !isBlack(video, context)) {
      blackLooks = 0;
      watch.seen();
    } else if (++blackLooks >= looksUntilBlack) {
      watch.black();
      return;
    }
    watch.after(lookEveryMilliseconds, look);
  };
  look();
}

/** The last picture stays on a video whose camera was taken away, which mutes the track. */
function hasPicture(video: HTMLVideoElement): boolean {
  const { srcObject } = video;
  const muted = srcObject instanceof MediaStream && srcObject.getVideoTracks()[0]?.muted;
  return !muted && video.readyState >= video.HAVE_CURRENT_DATA;
}

function isBlack(video: HTMLVideoElement, context: CanvasRenderingContext2D | null): boolean {
  // What cannot be measured is not held against the camera.
  if (!context) return false;
  context.drawImage(video, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  let sum = 0;
  for (const [index, value] of data.entries()) if (index % 4 !== 3) sum += value;
  return sum / (width * height * 3) <= blackLevel;
}

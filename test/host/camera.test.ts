import { expect } from 'chai';
import {
  createBrowserCamera,
  type BrowserCameraOptions,
  type CameraAnswer,
  type CameraFailure,
} from '../../widget/host/camera.ts';
import {
  afterQuickly,
  Devices,
  paintableCamera,
  paintedCamera,
  permission,
} from './liveness-fixture.ts';

let devices: Devices;
let controller: AbortController;
/** Why the open camera was lost, in the test's hand to wait for. */
let lost: Promise<CameraFailure>;

function open(change: Partial<BrowserCameraOptions> = {}): Promise<CameraAnswer> {
  const camera = createBrowserCamera({
    mediaDevices: devices,
    permission: permission('granted'),
    withheld: async () => false,
    secureContext: true,
    after: afterQuickly,
    ...change,
  });
  return new Promise((resolve) => {
    lost = new Promise((lose) => {
      resolve(camera.open(controller.signal, lose));
    });
  });
}

async function opened(change?: Partial<BrowserCameraOptions>) {
  const answer = await open(change);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.camera;
}

/** Time in the test's hand. */
function handHeldTime() {
  const timers: { milliseconds: number; callback: () => void; cancelled: boolean }[] = [];
  const after: BrowserCameraOptions['after'] = (milliseconds, callback) => {
    const timer = { milliseconds, callback, cancelled: false };
    timers.push(timer);
    return () => {
      timer.cancelled = true;
    };
  };
  return { timers, after };
}

/** Paints until the video has come to a frame that is the painted one. */
async function showsOn(video: HTMLVideoElement, paint: () => void): Promise<void> {
  // The first may still be one from before.
  for (let frame = 0; frame < 2; frame++) {
    const painting = setInterval(paint, 10);
    await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    clearInterval(painting);
  }
}

describe('the browser’s camera', () => {
  beforeEach(() => {
    devices = new Devices();
    controller = new AbortController();
  });
  afterEach(() => controller.abort());

  it('opens, and says when the first picture is there', async () => {
    const camera = await opened();
    await camera.picture;
    expect(camera.capture().width).to.be.greaterThan(0);
    expect(devices.track.readyState).to.equal('live');
    camera.stop();
    expect(devices.areOff).to.equal(true);
  });

  it('each error of the browser has its reason', async () => {
    for (const [name, reason] of [
      ['NotFoundError', 'missing'],
      ['OverconstrainedError', 'missing'],
      ['NotReadableError', 'busy'],
      ['AbortError', 'busy'],
      ['SecurityError', 'unsupported'],
      ['InvalidStateError', 'busy'],
    ] as const) {
      devices.refuse(name);
      expect(await open(), name).to.deep.equal({ ok: false, reason });
    }
  });

  it('tells a refusal that can be asked about again from one that only settings undo', async () => {
    for (const [decided, reason] of [
      ['prompt', 'denied'],
      ['denied', 'blocked'],
      // Allowed to the site, and not to the browser by the phone.
      ['granted', 'blocked'],
      // The browser does not tell.
      [undefined, 'blocked'],
    ] as const) {
      devices.refuse('NotAllowedError');
      const permission = async () => decided;
      expect(await open({ permission })).to.deep.equal({ ok: false, reason });
    }
  });

  it('B5: tells what the page around withholds from the traveller’s own refusal', async () => {
    devices.refuse('NotAllowedError');
    const withheld = async () => true;
    expect(await open({ withheld })).to.deep.equal({ ok: false, reason: 'withheld' });
  });

  it('no cameras in the browser, or no secure context, is unsupported, and nothing is asked', async () => {
    for (const change of [{ mediaDevices: undefined }, { secureContext: false }]) {
      expect(await open(change)).to.deep.equal({ ok: false, reason: 'unsupported' });
    }
    expect(devices.opened).to.have.length(0);
  });

  it('a browser that never settles is answered for, and its late camera is turned off', async () => {
    const { timers, after } = handHeldTime();
    let settle: ((stream: MediaStream) => void) | undefined;
    devices.instead.push(
      () =>
        new Promise((resolve) => {
          settle = resolve;
        }),
    );
    const answer = open({ after });
    expect(timers[0]?.milliseconds).to.equal(30_000);
    timers[0]?.callback();
    expect(await answer).to.deep.equal({ ok: false, reason: 'no-answer' });

    const late = paintedCamera('green');
    settle?.(late);
    await Promise.resolve();
    await Promise.resolve();
    expect(late.getTracks()[0]?.readyState).to.equal('ended');
  });

  it('a permission that is never told does not outlast the watchdog either', async () => {
    const { timers, after } = handHeldTime();
    devices.refuse('NotAllowedError');
    let asked: (() => void) | undefined;
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const never = () => {
      asked?.();
      return new Promise<never>(() => undefined);
    };
    const answer = open({ after, permission: never });
    await isAsked;
    timers[0]?.callback();
    expect(await answer).to.deep.equal({ ok: false, reason: 'no-answer' });
  });

  it('stops the watchdog once it has an answer', async () => {
    const { timers, after } = handHeldTime();
    await open({ after });
    expect(timers[0]?.cancelled).to.equal(true);
  });

  it('black pictures are dark, and so is video black, and the camera goes off', async () => {
    for (const colour of ['#000', '#101010', '#141414']) {
      devices.instead.push(async () => paintedCamera(colour));
      await opened();
      expect(await lost, colour).to.equal('dark');
      expect(devices.areOff).to.equal(true);
    }
  });

  it('a dim picture is a picture', async () => {
    devices.instead.push(async () => paintedCamera('#202020'));
    await (
      await opened()
    ).picture;
    expect(devices.track.readyState).to.equal('live');
  });

  it('a few black pictures at the start are a camera that warms up', async () => {
    const { timers, after } = handHeldTime();
    const { stream, paint } = paintableCamera();
    devices.instead.push(async () => stream);
    const camera = await opened({ after });
    const shows = (colour: string) => showsOn(camera.video, () => paint(colour));
    const look = () => timers.findLast(({ milliseconds }) => milliseconds < 1000)!.callback();
    await shows('#000');
    // 5 s of looks, but for the last: it has looked once already.
    for (let looks = 2; looks < 50; looks++) look();
    await shows('#fff');
    look();
    await camera.picture;
    // The count begins anew.
    await shows('#000');
    for (let looks = 1; looks < 50; looks++) look();
    expect(devices.track.readyState).to.equal('live');
    look();
    expect(await lost).to.equal('dark');
  });

  it('a camera that is open and gives no picture at all does not answer', async () => {
    devices.instead.push(async () => {
      const canvas = document.createElement('canvas');
      canvas.getContext('2d');
      // A frame only when asked for, and nobody asks.
      return canvas.captureStream(0);
    });
    await opened();
    expect(await lost).to.equal('no-answer');
    expect(devices.areOff).to.equal(true);
  });

  it('a camera that the system has given to somebody else is busy', async () => {
    const camera = await opened();
    await camera.picture;
    Object.defineProperty(devices.track, 'muted', { value: true });
    expect(await lost).to.equal('busy');
    expect(devices.areOff).to.equal(true);
  });

  it('a camera that ends by itself is told of once', async () => {
    const camera = await opened();
    const told: CameraFailure[] = [];
    lost.then((reason) => told.push(reason));
    devices.end();
    devices.end();
    expect(await lost).to.equal('ended');
    expect(devices.areOff).to.equal(true);
    camera.stop();
    expect(told).to.deep.equal(['ended']);
  });

  it('goes off when nobody wants it any more, and tells of nothing then', async () => {
    await opened();
    let told = false;
    lost.then(() => {
      told = true;
    });
    controller.abort();
    expect(devices.areOff).to.equal(true);
    devices.end();
    await Promise.resolve();
    expect(told).to.equal(false);
  });

  it('one that opens after the asking was given up is turned off at once', async () => {
    const late = paintedCamera('green');
    let settle: ((stream: MediaStream) => void) | undefined;
    devices.instead.push(
      () =>
        new Promise((resolve) => {
          settle = resolve;
        }),
    );
    const answer = open();
    controller.abort();
    await answer;
    settle?.(late);
    await Promise.resolve();
    await Promise.resolve();
    expect(late.getTracks()[0]?.readyState).to.equal('ended');
  });
});

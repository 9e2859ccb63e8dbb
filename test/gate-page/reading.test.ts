import { expect } from 'chai';
import { fromQrText } from '../../widget/protocol/code/qr-text.ts';
import {
  freshTexts,
  openCamera,
  startCamera,
  type CameraStart,
} from '../../mock-server/gate/page/camera.ts';
import { pictureReader, zxingReader } from '../../mock-server/gate/page/image-reader.ts';
import { wedge } from '../../mock-server/gate/page/wedge.ts';
import { drawCode, spoil, wasm, type Spoiling } from './drawn-code.ts';
import { createIssuer } from './test-issuer.ts';

describe('reading a picture by ZXing from the page’s own origin', () => {
  const read = zxingReader(wasm);

  /** What is read of a code of the issuer's: the code, or nothing. */
  async function reading(show: (code: string) => HTMLCanvasElement): Promise<'it' | 'nothing'> {
    const code = await (await createIssuer()).mint(0);
    const texts = await read(await createImageBitmap(show(code)));
    if (texts.length === 0) return 'nothing';
    expect(texts.map(fromQrText)).to.deep.equal([code]);
    return 'it';
  }

  for (const drawing of [{}, { width: 260 }, { width: 900 }]) {
    it(`reads a code drawn as the component draws it ${JSON.stringify(drawing)}`, async () => {
      expect(await reading((code) => drawCode(code, drawing))).to.equal('it');
    });
  }

  for (const degrees of [3, 17, 45, 90, 133, 180, 270, 357]) {
    it(`reads a code turned by ${degrees} degrees`, async () => {
      expect(await reading((code) => drawCode(code, { degrees }))).to.equal('it');
    });
  }

  const photographs: [what: string, spoiling: Spoiling, read: 'it' | 'nothing'][] = [
    ['a little out of focus', { blur: 0.004 }, 'it'],
    ['far out of focus', { blur: 0.02 }, 'nothing'],
    ['with a light on its middle', { glare: 0.15 }, 'it'],
    ['with a light on most of it', { glare: 0.5 }, 'nothing'],
    ['with a light on a corner', { glare: 0.1, glareAt: 0.2 }, 'nothing'],
    ['of a dark screen', { contrast: 0.2 }, 'it'],
    ['of a screen that is off', { contrast: 0 }, 'nothing'],
    [
      'a little out of focus, dark and with a light on it',
      { blur: 0.003, glare: 0.1, contrast: 0.5 },
      'it',
    ],
  ];
  for (const [what, spoiling, expected] of photographs) {
    it(`reads ${expected} in a photograph of a tilted code ${what}`, async () => {
      const shown = await reading((code) => spoil(drawCode(code, { degrees: 8 }), spoiling));
      expect(shown).to.equal(expected);
    });
  }

  it('finds nothing where there is no code', async () => {
    const empty = document.createElement('canvas');
    expect(await read(await createImageBitmap(empty))).to.deep.equal([]);
    expect(await read(document.createElement('video'))).to.deep.equal([]);
  });

  it('asks no other origin for its WebAssembly', async () => {
    await read(await createImageBitmap(drawCode('x')));
    const origins = performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.endsWith('.wasm'))
      .map(({ name }) => new URL(name).origin);
    expect(new Set(origins)).to.deep.equal(new Set([location.origin]));
  });

  it('is what is chosen where the browser has no detector of its own', async () => {
    const reader = await pictureReader(wasm);
    const code = await (await createIssuer()).mint(3);
    const [text] = await reader(await createImageBitmap(drawCode(code)));
    expect(fromQrText(text ?? '')).to.equal(code);
  });
});

/** As the page has it: Firefox plays no other that nobody has tapped. */
function mutedVideo(): HTMLVideoElement {
  const video = document.createElement('video');
  video.muted = true;
  return video;
}

describe('camera', () => {
  const nothing = {
    open: openCamera,
    read: async () => [],
    found: () => {},
    lost: () => {},
    now: () => 0,
    after: () => () => {},
  };

  it('reads a code that is held in front of it, once', async () => {
    const code = await (await createIssuer()).mint(0);
    const canvas = drawCode(code, { width: 640 });
    const stream = canvas.captureStream();
    const texts: string[] = [];
    const zxing = zxingReader(wasm);
    const video = mutedVideo();
    document.body.append(video);
    // A canvas gives a frame only when it is drawn on.
    let drawing = 0;
    const draw = (): void => {
      canvas.getContext('2d')?.fillRect(0, 0, 1, 1);
      drawing = requestAnimationFrame(draw);
    };
    draw();
    let start: Promise<CameraStart> | undefined;
    await new Promise<void>((resolve) => {
      let reads = 0;
      start = startCamera(video, {
        ...nothing,
        open: async () => stream,
        read: async (picture) => {
          const texts = await zxing(picture);
          if (texts.length > 0 && ++reads === 3) resolve();
          return texts;
        },
        found: (text) => texts.push(text),
        after: (_, callback) => {
          const frame = requestAnimationFrame(callback);
          return () => cancelAnimationFrame(frame);
        },
      });
    });
    cancelAnimationFrame(drawing);
    const started = await start;
    if (started?.ok) started.stop();
    video.remove();
    expect(texts.map(fromQrText)).to.deep.equal([code]);
  });

  it('waits while two phones are in sight', async () => {
    const pictures = [['a', 'b'], ['b']];
    const found: string[] = [];
    const waiting: (() => void)[] = [];
    const started = await startCamera(mutedVideo(), {
      ...nothing,
      read: async () => pictures.shift() ?? [],
      found: (text) => found.push(text),
      after: (_, callback) => {
        waiting.push(callback);
        return () => {};
      },
    });
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    expect([pictures.length, found.length]).to.deep.equal([1, 0]);
    waiting.shift()?.();
    await frame();
    if (started.ok) started.stop();
    expect(found).to.deep.equal(['b']);
  });

  it('opens the device, and lets go of it when stopped', async () => {
    const video = mutedVideo();
    const started = await startCamera(video, nothing);
    expect(started.ok).to.equal(true);
    const { srcObject } = video;
    const tracks = srcObject instanceof MediaStream ? srcObject.getTracks() : [];
    if (started.ok) started.stop();
    expect(tracks.map(({ readyState }) => readyState)).to.deep.equal(['ended']);
    expect(video.srcObject).to.equal(null);
  });

  for (const [name, failure] of [
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'missing'],
    ['NotReadableError', 'busy'],
    ['InvalidStateError', 'insecure'],
  ] as const) {
    it(`gives ${failure} for a ${name}`, async () => {
      const open = async (): Promise<MediaStream> => {
        throw new DOMException('', name);
      };
      const start = await startCamera(mutedVideo(), { ...nothing, open });
      expect(start).to.deep.equal({ ok: false, failure });
    });
  }

  it('says that it is lost when frames cannot be read', async () => {
    const read = async (): Promise<string[]> => {
      throw new Error('no WebAssembly');
    };
    await new Promise<void>((lost) => {
      void startCamera(mutedVideo(), { ...nothing, read, lost });
    });
  });

  it('takes a text for new only after it was out of sight for two seconds', () => {
    let now = 0;
    const fresh = freshTexts(() => now);
    const seen = [
      ['a', 0],
      ['a', 1_900],
      ['a', 3_800],
      ['b', 3_900],
      ['a', 4_000],
      ['a', 6_001],
    ] as const;
    const answers = seen.map(([text, at]) => {
      now = at;
      return fresh(text);
    });
    expect(answers).to.deep.equal([true, false, false, true, true, true]);
  });
});

describe('a scanner that types', () => {
  const type = (text: string, gap: number, key = wedge()): (string | undefined)[] =>
    [...text.split(''), 'Enter'].map((each, index) => key(each, index * gap));

  it('gives the text at its Enter', () => {
    expect(type('12345678901234567890', 5).at(-1)).to.equal('12345678901234567890');
  });

  it('passes over the names of keys', () => {
    const key = wedge();
    key('Shift', 0);
    expect(type('ABCDEFGHIJKLMNOPQ', 5, key).at(-1)).to.equal('ABCDEFGHIJKLMNOPQ');
  });

  it('does not take somebody’s slow or short typing for a code', () => {
    expect(type('12345678901234567890', 301).at(-1)).to.equal(undefined);
    expect(type('hello', 5).at(-1)).to.equal(undefined);
  });

  it('begins anew after each text', () => {
    const key = wedge();
    type('12345678901234567890', 1, key);
    expect(key('Enter', 22)).to.equal(undefined);
  });
});

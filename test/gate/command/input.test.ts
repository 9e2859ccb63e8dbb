import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { at, command, Folder, good, jws, type Outcome } from './command.ts';
import { draw, png, pngOf, white } from './picture.ts';

const folder = new Folder();
after(() => folder.remove());

const checkFile = (path: string, ...more: string[]): Promise<Outcome> =>
  command(['check', path, '--keys', folder.keys, '--at', at, ...more]);
const check = (name: string, content: string | Uint8Array): Promise<Outcome> =>
  checkFile(folder.file(name, content));

/** Not judged: exit code 2, nothing on standard output, and one sentence that says what to do. */
async function cannot(outcome: Promise<Outcome>, sentence: RegExp): Promise<void> {
  const { exitCode, said, complained } = await outcome;
  assert.match(complained, sentence);
  assert.equal(complained.split('\n').length, 1);
  assert.deepEqual({ exitCode, said }, { exitCode: 2, said: '' });
}

const jpeg = fileURLToPath(new URL('good.jpg', import.meta.url));

function pictureWith(...at: [x: number, y: number][]): Buffer {
  const picture = white(600, 320);
  for (const [x, y] of at) draw(picture, good.scanned, x, y, 4);
  return png(picture);
}

describe('the command reads a code', () => {
  it('from a text file, whether digits or JWS, with or without a last line end', async () => {
    for (const text of [good.scanned, jws, `${jws}\n`, `${good.scanned}\r\n`]) {
      assert.equal((await check('code.txt', text)).exitCode, 0, JSON.stringify(text));
    }
  });

  it('from standard input, named - or not at all', async () => {
    for (const name of [[], ['-']]) {
      const given = ['check', ...name, '--keys', folder.keys, '--at', at];
      assert.equal((await command(given, { stdin: good.scanned })).exitCode, 0);
    }
  });

  it('from a picture, PNG or JPEG, whatever its name, and through standard input too', async () => {
    assert.equal((await check('code.dat', pictureWith([40, 40]))).exitCode, 0);
    assert.equal((await checkFile(jpeg)).exitCode, 0);
    const given = ['check', '--keys', folder.keys, '--at', at];
    assert.equal((await command(given, { stdin: readFileSync(jpeg) })).exitCode, 0);
  });

  it('from a photo of 20 megapixels, in which the code is small', async () => {
    const photo = white(5472, 3648);
    draw(photo, good.scanned, 2500, 1700, 6);
    assert.equal((await check('photo.png', png(photo))).exitCode, 0);
  });
});

describe('the command refuses, as any gate does,', () => {
  it('text that is no code: 10 MB of it, other white space, a byte order mark', async () => {
    for (const text of ['A'.repeat(10_000_000), ` ${jws}`, `${jws}\n\n`, `\uFEFF${jws}`, '\n']) {
      const { exitCode, said } = await check('code.txt', text);
      assert.match(said, /^refused: malformed \(A2\)\. Not a boarding code\. /);
      assert.equal(exitCode, 1);
    }
  });

  it('the QR of something else', async () => {
    const picture = white(300, 300);
    draw(picture, 'https://example.com', 40, 40, 5);
    const { exitCode, said } = await check('other.png', png(picture));
    assert.match(said, /^refused: malformed/);
    assert.equal(exitCode, 1);
  });
});

describe('the command says what to do', () => {
  it('about a file that is empty, missing or a folder', async () => {
    await cannot(check('empty.png', ''), /empty\.png is empty\. Give the text of a code/);
    await cannot(checkFile(`${folder.path}/none.png`), /^There is no such file: .*none\.png$/);
    await cannot(checkFile(folder.path), /^That is a folder; name a file: /);
  });

  it('about a picture with two codes, or with none', async () => {
    const two = check('two.png', pictureWith([20, 30], [320, 30]));
    await cannot(two, /two\.png shows 2 QR codes\. Cut out the one to check\.$/);
    await cannot(check('none.png', pictureWith()), /none\.png shows no QR code/);
  });

  it('about a picture that is cut off, of noise, or says it is enormous', async () => {
    const whole = pictureWith([40, 40]);
    await cannot(check('cut.png', whole.subarray(0, 200)), /cannot be read as a picture/);
    await cannot(check('begin.png', whole.subarray(0, 8)), /cannot be read as a picture/);
    const noise = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(500, 0x55)]);
    await cannot(check('noise.jpg', noise), /cannot be read as a picture/);
    const enormous = pngOf(50_000, 50_000, deflateSync(Buffer.alloc(1000)));
    await cannot(check('enormous.png', enormous), /cannot be read as a picture/);
    const bomb = pngOf(30_000, 30_000, deflateSync(Buffer.alloc(100_000_000), { level: 1 }));
    await cannot(check('bomb.png', bomb), /cannot be read as a picture/);
    // After each of these the reader still reads.
    assert.equal((await check('whole.png', whole)).exitCode, 0);
  });

  it('about other kinds of file: SVG, WebP, GIF, HEIC, PDF, and bytes that are no text', async () => {
    const files: [string | Uint8Array, RegExp][] = [
      ['<svg xmlns="http://www.w3.org/2000/svg"/>', /is a drawing or a page \(SVG, HTML\)\. Save/],
      ['\n<?xml version="1.0"?><svg/>', /is a drawing or a page/],
      ['GIF89a', /is a GIF\. Save the code as PNG or JPEG\.$/],
      ['RIFF\0\0\0\0WEBPVP8 ', /is a WebP picture/],
      ['\0\0\0\u0018ftypheic', /is a HEIC or AVIF picture/],
      ['%PDF-1.7', /is a PDF/],
      [Uint8Array.of(0xfe, 0xff, 0x00, 0x41), /is neither text nor a PNG or JPEG picture/],
    ];
    for (const [content, sentence] of files) await cannot(check('file', content), sentence);
  });

  it('about more than 64 MB', () =>
    cannot(check('much', new Uint8Array(65 * 2 ** 20)), /is larger than 64 MB\./));

  it('about a terminal, where no code comes from', () =>
    cannot(command(['check', '--keys', folder.keys]), /^Which code\? Name a file, or pipe/));
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { decodeBase64url, encodeBase64url } from '../../../widget/protocol/code/base64url.ts';

describe('base64url', () => {
  it('writes what Node writes, and reads it back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = encodeBase64url(bytes);
        assert.equal(text, Buffer.from(bytes).toString('base64url'));
        assert.deepEqual(decodeBase64url(text), Uint8Array.from(bytes));
      }),
      { seed: 10, numRuns: 2000 },
    );
  });

  it('reads a text only if writing it again gives that text', () => {
    const unit = fc.constantFrom(...Array.from('ABQgwxyz019-_=+/ .\n\u00e9\u4e00'));
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
        const again = Buffer.from(text, 'base64url').toString('base64url');
        const bytes = decodeBase64url(text);
        assert.equal(
          bytes === undefined ? undefined : encodeBase64url(bytes),
          again === text ? text : undefined,
        );
      }),
      { seed: 11, numRuns: 5000 },
    );
  });

  it('refuses stray bits, padding, a lone character, white space and the other alphabet', () => {
    for (const text of [
      'AB',
      'AAB',
      'AA==',
      'AAA=',
      'A',
      'AAAAA',
      'AA AA',
      'AAAA\n',
      'AA+A',
      'AA/A',
    ]) {
      assert.equal(decodeBase64url(text), undefined, text);
    }
  });

  it('refuses a wrong character at every place of a group', () => {
    for (const wrong of ['=', '\u00e9', '\u4e00', '\0', '\u0080']) {
      for (let place = 0; place < 11; place++) {
        const text = `${'A'.repeat(place)}${wrong}${'A'.repeat(10 - place)}`;
        assert.equal(decodeBase64url(text), undefined, JSON.stringify(text));
      }
    }
  });

  it('reads nothing from nothing', () => assert.deepEqual(decodeBase64url(''), new Uint8Array()));
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { askedOf, brokenIssuers } from './broken-issuers.ts';
import { examined, fewPacks, named } from './examined.ts';

describe('an issuer that', () => {
  for (const broken of brokenIssuers) {
    const { what, fails, breaking } = broken;
    it(`${what} fails ${fails.join(', ')}, and nothing else that it is asked`, async () => {
      const examination = await examined(fewPacks(breaking), askedOf(broken));
      assert.deepEqual(named(examination, 'failed').toSorted(), fails.toSorted());
      assert.deepEqual(named(examination, 'not-reached', 'skipped'), []);
    });
  }

  it('breaks the contract in one of at least twenty ways is among these', () => {
    assert.ok(brokenIssuers.length >= 20);
    assert.equal(new Set(brokenIssuers.map(({ what }) => what)).size, brokenIssuers.length);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { areas } from '../../mock-server/conformance/areas.ts';
import { brokenIssuers } from './broken-issuers.ts';
import { everyAnswer } from '../../mock-server/conformance/checks/every-answer.ts';
import { applications } from '../../mock-server/conformance/checks/applications.ts';
import { examined, fewPacks, named } from './examined.ts';

/**
 * Here each is asked what it breaks, with everything beside that; `test/slow/conformance.test.ts` asks
 * each of them everything.
 */
const askedOf = (fails: readonly string[]) =>
  areas.filter(
    (area) =>
      area === applications ||
      area === everyAnswer ||
      area.checks.some(({ name }) => fails.includes(name)),
  );

describe('an issuer that', () => {
  for (const { what, fails, breaking } of brokenIssuers) {
    it(`${what} fails ${fails.join(', ')}, and nothing else`, async () => {
      const examination = await examined(fewPacks(breaking), askedOf(fails));
      assert.deepEqual(named(examination, 'failed').toSorted(), fails.toSorted());
      assert.deepEqual(named(examination, 'not-reached', 'skipped'), []);
    });
  }

  it('breaks the contract in one of at least twenty ways is among these', () => {
    assert.ok(brokenIssuers.length >= 20);
    assert.equal(new Set(brokenIssuers.map(({ what }) => what)).size, brokenIssuers.length);
  });
});

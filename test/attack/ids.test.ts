import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newProofNumber } from '../../mock-server/issuer/proof-number.ts';
import { newId, sealReference } from '../../mock-server/issuer/references.ts';
import type { Issuer } from '../../mock-server/issuer/issuer.ts';
import { noon, startIssuer, type RunningIssuer } from '../issuer/running-issuer.ts';

let running: RunningIssuer;

describe('ids', () => {
  before(async () => {
    running = await startIssuer();
  });
  after(() => running.close());

  const count = 10_000;
  const person = Buffer.alloc(16).toString('base64url');

  /** As the issuer draws them; each of one and the same person, where it is a person's. */
  const draws: Record<string, [form: RegExp, fixed: number, draw: (issuer: Issuer) => string]> = {
    'of an application': [
      /^[\w-]{98}$/,
      0,
      (issuer) => sealReference(issuer, 'application', { person, id: newId(issuer) }),
    ],
    'of a look': [
      /^[\w-]{98}$/,
      0,
      (issuer) => sealReference(issuer, 'view', { person, id: newId(issuer) }),
    ],
    'of a grant, its token': [
      /^[\w-]{98}$/,
      0,
      (issuer) => sealReference(issuer, 'grant', { person, id: newId(issuer) }),
    ],
    'of a row': [/^[\w-]{22}$/, 0, (issuer) => newId(issuer)],
    'of a grant, as codes carry it': [
      /^[\w-]{8}$/,
      0,
      ({ random }) => random(6).toString('base64url'),
    ],
    'of a proof, its number': [
      /^T20270301-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/,
      'T20270301-'.length,
      ({ random }) => newProofNumber(random, noon / 1000),
    ],
  };

  describe('an id is not to be guessed from others', () => {
    for (const [name, [form, fixed, draw]] of Object.entries(draws)) {
      it(name, () => {
        const ids = Array.from({ length: count }, () => draw(running.server.issuer));
        assert.equal(
          ids.find((id) => !form.test(id)),
          undefined,
        );
        assert.equal(new Set(ids).size, count);
        const free = ids.map((id) => id.slice(fixed));
        // Every place but a last one of few bits takes many values: nothing is shared, nothing counts up.
        for (let place = 0; place < free[0]!.length - 1; place++) {
          if (free[0]!.charAt(place) === '-' && fixed > 0) continue;
          const values = new Set(free.map((id) => id.charAt(place)));
          assert.ok(values.size >= 32, `place ${place} takes ${values.size} values`);
        }
        const rising = free.filter((id, index) => index > 0 && id > free[index - 1]!).length;
        assert.ok(Math.abs(rising - count / 2) < count / 20, `${rising} follow a smaller one`);
      });
    }
  });
});

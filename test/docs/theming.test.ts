import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const read = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

const guide = read('widget/docs/theming.md');
const element = read('widget/elements/boarding-id.ts');

describe('the theming guide', () => {
  for (const [tag, pattern] of [
    ['cssprop', /`(--boarding-id-[\w-]+)` *\|/g],
    ['csspart', /^\| `([\w-]+)` *\|/gm],
  ] as const) {
    it(`B5: lists every @${tag} of the class comment, in its order, and no other`, () => {
      const promised = [...element.matchAll(new RegExp(`@${tag} (\\S+)`, 'g'))].map(
        ([, name]) => name,
      );
      const told = [...guide.matchAll(pattern)]
        .map(([, name]) => name)
        .filter((name) => tag === 'cssprop' || !name?.startsWith('--'));
      assert.ok(promised.length > 5);
      assert.deepEqual(told, promised);
    });
  }

  it('B5: names every @cssState of the class comment', () => {
    const promised = [...element.matchAll(/@cssState (.*)/g)].flatMap(([, line]) =>
      [...line!.matchAll(/screen-\w+|offline|code-live|scan-mode/g)].map(([name]) => name),
    );
    assert.equal(new Set(promised).size, 11);
    for (const name of promised) assert.ok(guide.includes(`\`${name}\``), name);
  });
});

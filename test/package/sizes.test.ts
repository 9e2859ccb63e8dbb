import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { ceilings, measureSizes, type Sizes } from './sizes.ts';

describe('the sizes that a host loads', () => {
  let sizes: Sizes;
  before(async () => {
    sizes = await measureSizes();
  });

  it('the tile is light enough for every home page (R1)', () => {
    assert.ok(sizes.entry <= ceilings.entry, `${sizes.entry} kB`);
  });

  it('the whole flow in one language stays below its ceiling', () => {
    assert.ok(sizes.flow <= ceilings.flow, `${sizes.flow} kB`);
  });

  it('the document of sizes has these ceilings, and figures that are still about right', () => {
    const document = readFileSync(
      new URL('../../widget/docs/browsers.md', import.meta.url),
      'utf8',
    );
    const [entry, flow, , english] = [
      ...document.split('## Sizes')[1]!.matchAll(/\| +(\d*) +\| (\d+\.\d) +\|/g),
    ].map(([, ceiling, size]) => ({ ceiling: Number(ceiling), size: Number(size) }));
    assert.deepEqual([entry?.ceiling, flow?.ceiling], [ceilings.entry, ceilings.flow]);
    for (const [told, measured] of [
      [entry, sizes.entry],
      [flow, sizes.flow],
      [english, sizes.languages[0]?.kilobytes],
    ] as const) {
      assert.ok(Math.abs(told!.size - measured!) < 1, `${told!.size} kB are ${measured} kB`);
    }
  });

  it('a further language is a chunk of its own, with its texts and nothing else', () => {
    assert.deepEqual(
      sizes.languages.map(({ language }) => language),
      ['en'],
    );
    for (const { language, modules } of sizes.languages) {
      assert.ok(modules.length > 0);
      for (const module of modules) {
        assert.match(module, new RegExp(`^locales/([a-z-]+-)?${language}\\.ts$`));
      }
    }
  });
});

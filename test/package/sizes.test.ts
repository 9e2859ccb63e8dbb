import assert from 'node:assert/strict';
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

import assert from 'node:assert/strict';
import { transform } from 'esbuild';
import { readdirSync, readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chunksOf } from '../package/sizes.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const guide = readFileSync(`${root}widget/docs/browsers.md`, 'utf8');
const sources = readdirSync(`${root}widget`, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(`${root}widget/${name}`, 'utf8'))
  .join('\n');

/** The cells of the table that follows a heading, but for the first line and the one below it. */
function cells(heading: string): string[][] {
  const table = guide.split(`${heading}\n`)[1]!.match(/(?:^\|.*\n)+/m)![0];
  const rows = table.trim().split('\n').slice(2);
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const named = (cell: string): string => cell.match(/`(.+?)`/)![1]!;

/** Chrome, Safari, Firefox. */
const floors = cells('## Floors').map(([, version]) => Number(version));
const targets = ['chrome', 'safari', 'firefox'].map((name, at) => name + String(floors[at]));

describe('the table of browsers', () => {
  let built: string[];
  before(async () => {
    const chunks = await chunksOf(`${root}widget/bundle.ts`);
    built = chunks.map(({ code }) => code);
  });

  it('asks for versions as its highest rows do', () => {
    const rows = cells('### What asks for them').map((row) => row.slice(2).map(Number));
    const highest = [0, 1, 2].map((at) => Math.max(...rows.map((row) => row[at]!)));
    assert.deepEqual(floors, highest);
  });

  it('names what is really in the sources, or what the build makes', () => {
    for (const heading of ['### What asks for them', '### What is used where it is there']) {
      for (const [what] of cells(heading)) {
        const word = named(what!);
        assert.ok(
          [sources, ...built].some((text) => text.includes(word)),
          word,
        );
      }
    }
  });

  it('promises no engine a syntax that it cannot read', async () => {
    for (const code of built) {
      const [asItIs, lowered] = await Promise.all(
        [['esnext'], targets].map((target) =>
          transform(code, { target, format: 'esm', charset: 'utf8' }),
        ),
      );
      assert.ok(asItIs!.code === lowered!.code, `not readable for ${targets.join(', ')}`);
    }
  });
});

import assert from 'node:assert/strict';
import { transform } from 'esbuild';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { capabilities } from '../../widget/host/bridge/envelope.ts';
import { isMarked, snippetsIn } from './snippets.ts';

const folder = fileURLToPath(new URL('../../widget/docs/hosts/', import.meta.url));
const read = (name: string): string => readFileSync(folder + name, 'utf8');
const index = read('README.md');
const pages = readdirSync(folder).filter((name) => name !== 'README.md');

/** What a page runs; the tests of `test/contract/` take each of them. */
const pageLanguages = ['js', 'html'];

describe('the hosts’ pages', () => {
  it('B5: the index leads to each of them, and nowhere else', () => {
    const rows = [...index.matchAll(/^\|.*\]\(([\w-]+\.md)\)/gm)].map(([, name]) => name!);
    assert.deepEqual(rows.toSorted(), pages.toSorted());
    assert.ok(pages.length >= 7);
  });

  it('B5: the README leads to the index', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    assert.ok(readme.includes('](widget/docs/hosts/README.md)'));
  });

  for (const name of pages) {
    const page = read(name);

    it(`B5: ${name} has the same five parts as the others`, () => {
      const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
      assert.deepEqual(headings, [
        'The page',
        'The app',
        'What to give',
        'Security',
        'When something is missing',
      ]);
    });

    it(`B5: ${name} marks each block that is not for a page, and says what is unverified`, () => {
      const blocks = snippetsIn(page);
      assert.equal(blocks.length * 2, page.match(/^```/gm)?.length, 'a block is not seen');
      for (const block of blocks) {
        assert.ok(isMarked(block) || pageLanguages.includes(block.language), block.text);
      }
      if (blocks.some((block) => isMarked(block) && block.language !== 'http')) {
        assert.match(page, /^\*\*Unverified\.\*\* /m);
      }
    });

    it(`B5: ${name}: script that is not run here can at least be read`, async () => {
      for (const { language, text } of snippetsIn(page)) {
        if (['js', 'jsx'].includes(language)) await transform(text, { loader: 'jsx' });
      }
    });

    it(`B5: ${name} says of each capability what happens without it`, () => {
      const part = page.slice(page.indexOf('## What to give'), page.indexOf('## Security'));
      if (part.startsWith('## What to give\n\nAs on a plain page')) return;
      const told = [...part.matchAll(/^\| `?([a-z][a-z -]*?)`? +\|/gm)].map(([, word]) =>
        word!.replace(' ', '-'),
      );
      assert.deepEqual(
        told.filter((word) => word !== 'capability'),
        [...capabilities],
      );
    });

    it(`B5: ${name} leads to documents that are there`, () => {
      for (const [, target] of page.matchAll(/\]\((?!https?:)([^)#]+)/g)) {
        assert.ok(existsSync(folder + target), target);
      }
    });
  }
});

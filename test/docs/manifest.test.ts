import { transform } from 'esbuild';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { accentTokens } from '../../widget/elements/accent.ts';
import { BoardingId } from '../../widget/elements/boarding-id.ts';
import { BoardingIdEntry } from '../../widget/elements/entry-tile.ts';
import { statesOf } from '../../widget/elements/host-states.ts';
import { partNames } from '../../widget/elements/parts.ts';
import { tokens } from '../../widget/elements/tokens.ts';
import { states } from '../elements/states.ts';
import { makeManifest, manifestFile, manifestText, type ElementDeclaration } from './manifest.ts';
import { referenceFile, referencePage } from './reference.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const manifest = makeManifest();
const elements = manifest.modules.flatMap(({ declarations }) => declarations);
const elementOf = (tag: string): ElementDeclaration => {
  const found = elements.find(({ tagName }) => tagName === tag);
  assert.ok(found, `no <${tag}>`);
  return found;
};
const [service, tile] = [elementOf('boarding-id'), elementOf('boarding-id-entry')];
const namesOf = (items: readonly { name: string }[]): string[] =>
  items.map(({ name }) => name).toSorted();

/** The sources of each element, without types and comments. */
const tileFiles = ['entry.ts', 'elements/entry-tile.ts'];
const serviceFiles = [
  'define.ts',
  ...readdirSync(`${root}widget/elements`).map((name) => `elements/${name}`),
].filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts') && !tileFiles.includes(name));

async function sourceOf(files: string[]): Promise<string> {
  const sources = files.map(async (file) => {
    const text = readFileSync(`${root}widget/${file}`, 'utf8');
    return (await transform(text, { loader: 'ts', legalComments: 'none' })).code;
  });
  return (await Promise.all(sources)).join('\n');
}

/** What a pattern finds, each once; a computed part of a name is a star. */
function found(source: string, pattern: RegExp): string[] {
  const names = [...source.matchAll(pattern)].flatMap(([, names = '']) => names.split(/[\s,]+/));
  return [...new Set(names.map((name) => name.replaceAll(/\$\{[^}]*\}/g, '*')))].toSorted();
}

describe('custom-elements.json', () => {
  const sources = { service: '', tile: '' };
  before(async () => {
    sources.service = `${await sourceOf(serviceFiles)}\n${tokens.map(({ cssText }) => cssText).join('\n')}`;
    sources.tile = `${await sourceOf(tileFiles)}\n${accentTokens.cssText}`;
  });

  it('and the reference page stand in the documentation as the sources are; if not, run `npm run docs`', async () => {
    assert.equal(readFileSync(manifestFile, 'utf8'), await manifestText(manifest));
    assert.equal(readFileSync(referenceFile, 'utf8'), await referencePage(manifest));
  });

  it('has the two elements for hosts and none of the screens inside', () => {
    assert.deepEqual(
      elements.map(({ tagName }) => tagName),
      ['boarding-id', 'boarding-id-entry'],
    );
  });

  it('has each attribute that the elements observe or read, and which of them are reflected', () => {
    for (const [element, tag, source] of [
      [BoardingId, service, sources.service],
      [BoardingIdEntry, tile, sources.tile],
    ] as const) {
      const read = found(source, /this\.getAttribute\("([^"]+)"\)/g);
      const written = found(source, /\.dataset\[?\.?"?([a-z]+)"?\]? =/g).map(
        (name) => `data-${name}`,
      );
      const all = new Set([...element.observedAttributes, ...read, ...written]);
      const attributes = [...all].toSorted();
      assert.deepEqual(namesOf(tag.attributes), attributes);
      const reflected = [...element.elementProperties].filter(([, { reflect }]) => reflect);
      assert.deepEqual(
        namesOf(tag.members.filter(({ reflects }) => reflects)),
        reflected.map(([name]) => String(name)).toSorted(),
      );
    }
  });

  it('has each part and custom property of the sources, and no other', () => {
    for (const [tag, source] of [
      [service, sources.service],
      [tile, sources.tile],
    ] as const) {
      const drawn = tag === service ? partNames : [];
      const parts = new Set([...drawn, ...found(source, / part="([^"]*)"/g)]);
      assert.deepEqual(namesOf(tag.cssParts), [...parts].toSorted());
      const properties = found(source, /(--boarding-id-[a-z]+(?:-[a-z]+)*)/g);
      assert.deepEqual(namesOf(tag.cssProperties), properties);
    }
  });

  it('has each slot that the shell hands on to its screens, and no other', async () => {
    const shell = await sourceOf(['elements/screen-template.ts']);
    assert.deepEqual(namesOf(service.slots), found(shell, /<slot name="([^"]*)"/g));
    assert.deepEqual(namesOf(tile.slots), found(sources.tile, /<slot name="([^"]*)"/g));
  });

  it('has each state that the component can be in, and no other', () => {
    const all = new Set(Object.values(states).flatMap(statesOf));
    assert.deepEqual(namesOf(service.cssStates), [...all].toSorted());
    assert.deepEqual(namesOf(tile.cssStates), []);
  });

  it('has each event, property and method with the very type that TypeScript sees, and no other', () => {
    // Inside the project, so that its libraries are found.
    const folder = mkdtempSync(`${root}test/docs/proof-`);
    try {
      writeFileSync(`${folder}/proof.ts`, proofOf());
      compile(`${folder}/proof.ts`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('says what each thing is', () => {
    for (const element of elements) {
      const { attributes, members, events, slots, cssParts, cssProperties, cssStates } = element;
      const inside = [attributes, members, events, slots, cssParts, cssProperties, cssStates];
      for (const said of [element, ...inside.flat()]) {
        assert.match(said.description ?? '', /\w/, `${element.tagName}: ${said.name}`);
      }
    }
  });
});

/** A program that compiles only if the manifest says of events, properties and methods what is so. */
function proofOf(): string {
  const union = (names: string[]): string =>
    names.map((name) => `'${name}'`).join(' | ') || 'never';
  const claims = [service, tile].flatMap((element) => {
    const { tagName, members, events } = element;
    const own = `HTMLElementTagNameMap['${tagName}']`;
    const others = tagName === 'boarding-id' ? '`boarding-id-entry-${string}`' : 'never';
    const heard = `Exclude<Extract<keyof HTMLElementEventMap, \`${tagName}-\${string}\`>, ${others}>`;
    return [
      // \`lang\` is every element's, and these two read it in a way of their own.
      [union(namesOf(members)), `Exclude<keyof ${own}, keyof LitElement> | 'lang'`],
      [union(namesOf(events)), heard],
      ...events.map(({ name, type }) => [type?.text, `HTMLElementEventMap['${name}']`]),
      ...members.map(({ kind, name, type, parameters = [], return: returned }) => {
        const given = parameters.map(
          (one) => `${one.name}${one.default ? '?' : ''}: ${one.type?.text}`,
        );
        const text =
          kind === 'field' ? type?.text : `(${given.join(', ')}) => ${returned?.type.text}`;
        return [text, `${own}['${name}']`];
      }),
    ];
  });
  const proved = claims.map(
    ([said, seen], index) => `export const proof${index}: Same<${said}, ${seen}> = true;`,
  );
  const ownTypes = found(proved.join('\n'), /(?<![\w'])([A-Z]\w+)(?=[\s>)\];[])/g).filter(
    (name) => !/^(HTMLElement.*|CustomEvent|Promise|Exclude|Extract|Same|LitElement)$/.test(name),
  );
  return [
    "import type { LitElement } from 'lit';",
    "import type {} from '../../../widget/define.ts';",
    "import type {} from '../../../widget/entry.ts';",
    `import type { ${ownTypes.join(', ')} } from '../../../widget/index.ts';`,
    'type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;',
    ...proved,
  ].join('\n');
}

/** @throws with what the compiler says */
function compile(file: string): void {
  const tsc = createRequire(import.meta.url)
    .resolve('typescript/package.json')
    .replace('package.json', 'bin/tsc');
  const options = `--ignoreConfig --noEmit --strict --exactOptionalPropertyTypes --target es2022
    --module esnext --moduleResolution bundler --allowImportingTsExtensions --skipLibCheck
    --experimentalDecorators --useDefineForClassFields false
    --lib es2023,dom,dom.iterable,dom.asynciterable`;
  const qrcode = `${root}widget/elements/qrcode-core.d.ts`;
  try {
    execFileSync(process.execPath, [tsc, file, qrcode, ...options.split(/\s+/)], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
  } catch (failed) {
    assert.fail((failed as { stdout: string }).stdout + readFileSync(file, 'utf8'));
  }
}

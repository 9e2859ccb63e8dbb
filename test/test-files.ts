import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Where tests run: in Node, as components in each of three engines or in Chromium alone, as journeys; or they
 * take longer, or want the machine to themselves as well.
 */
type Kind = 'node' | 'component' | 'chromium-component' | 'journey' | 'slow' | 'soak';

const kinds: Record<string, Kind> = {
  elements: 'component',
  contract: 'component',
  host: 'component',
  'host-app': 'component',
  gallery: 'component',
  theme: 'component',
  'gate-page': 'component',
  'flow-browser': 'component',
  extension: 'component',
  // Its developer tools alone show the tree that a screen reader reads, and pretend that a traveller has
  // set forced colours, less motion or a window of 320 px while a page is open.
  devtools: 'chromium-component',
  journeys: 'journey',
  reverification: 'journey',
  slow: 'slow',
  races: 'slow',
  crashes: 'slow',
  'web-view': 'slow',
  soak: 'soak',
};

/** @param file path from the project's root */
export const folderOf = (file: string): string => file.split('/')[1] ?? '';

/** @returns paths from the project's root, `test/…/….test.ts` */
export const testFiles = (kind: Kind): string[] =>
  readdirSync(`${root}test`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `test/${file.replaceAll('\\', '/')}`)
    .filter((file) => (kinds[folderOf(file)] ?? 'node') === kind)
    .sort();

/**
 * A process or a page for each file costs more than most files' tests do: so the files of a folder run
 * in one.
 *
 * @returns as many files as there are folders directly below `test/`, each of which runs all of its folder
 */
export function oneRunAFolder(files: readonly string[]): string[] {
  mkdirSync(`${root}dist/tests`, { recursive: true });
  return [...new Set(files.map(folderOf))].map((folder) => {
    const entry = `dist/tests/${folder}.test.js`;
    const imports = files
      .filter((file) => folderOf(file) === folder)
      .map((file) => `import '../../${file}';\n`);
    writeFileSync(root + entry, imports.join(''));
    return entry;
  });
}

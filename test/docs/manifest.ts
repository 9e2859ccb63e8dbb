import { create, ts } from '@custom-elements-manifest/analyzer/index.js';
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';

/**
 * The contract of the two elements as tools read it, made from the comments of their classes
 * (https://github.com/webcomponents/custom-elements-manifest, schema 1.0.0).
 */

const root = fileURLToPath(new URL('../..', import.meta.url));
export const manifestFile = `${root}widget/docs/custom-elements.json`;

interface Named {
  name: string;
  description?: string;
}
interface Typed extends Named {
  type?: { text: string };
  default?: string;
}
export interface Attribute extends Typed {
  fieldName?: string;
}
export interface Member extends Typed {
  kind: 'field' | 'method';
  privacy?: 'private' | 'protected' | 'public';
  static?: boolean;
  attribute?: string;
  reflects?: boolean;
  parameters?: Typed[];
  return?: { type: { text: string } };
}
export interface ElementDeclaration extends Named {
  kind: 'class';
  tagName: string;
  customElement: true;
  attributes: Attribute[];
  members: Member[];
  events: Typed[];
  slots: Named[];
  cssParts: Named[];
  cssProperties: Typed[];
  cssStates: Named[];
}
export interface Manifest {
  schemaVersion: string;
  modules: { path: string; declarations: ElementDeclaration[] }[];
}

/** Each module that registers a public element, after those with the class that it extends. */
const sources = [
  'widget/elements/boarding-id.ts',
  'widget/elements/entry-tile.ts',
  'widget/define.ts',
  'widget/entry.ts',
];

const isPublic = ({ name, privacy, static: ofTheClass }: Member): boolean =>
  !name.startsWith('#') && !ofTheClass && (privacy === undefined || privacy === 'public');

/** The analyzer leaves out what it finds nothing of. */
type Found = Pick<ElementDeclaration, 'kind' | 'name' | 'tagName'> & Partial<ElementDeclaration>;

function publicElement(found: Found): ElementDeclaration {
  const { name, description = '', tagName } = found;
  return {
    kind: 'class',
    name,
    description,
    tagName,
    customElement: true,
    attributes: found.attributes ?? [],
    members: (found.members ?? []).filter(isPublic),
    events: found.events ?? [],
    slots: found.slots ?? [],
    cssParts: found.cssParts ?? [],
    cssProperties: found.cssProperties ?? [],
    cssStates: found.cssStates ?? [],
  };
}

/** The manifest as the sources are, with the modules' paths in the package. */
export function makeManifest(): Manifest {
  const modules = sources.map((file) =>
    ts.createSourceFile(file, readFileSync(root + file, 'utf8'), ts.ScriptTarget.ES2022, true),
  );
  const analyzed = create({ modules, plugins: litPlugin() }).modules;
  const elements = analyzed.flatMap(({ path, declarations }) => {
    const registered = declarations.filter(
      (declaration): declaration is Found => declaration.tagName !== undefined,
    );
    return registered.map((declaration) => {
      const inPackage = path.replace(/^widget\/(.*)\.ts$/, 'dist/widget/$1.js');
      const { name, tagName } = declaration;
      return {
        kind: 'javascript-module',
        path: inPackage,
        declarations: [publicElement(declaration)],
        exports: [
          {
            kind: 'custom-element-definition',
            name: tagName,
            declaration: { name, module: inPackage },
          },
        ],
      };
    });
  });
  return { schemaVersion: '1.0.0', modules: elements };
}

/** As it stands in the file. Inherited or not is nothing to a host: it gets one element. */
export const manifestText = (manifest: Manifest): Promise<string> =>
  format(
    JSON.stringify(manifest, (key, value: unknown) =>
      key === 'inheritedFrom' ? undefined : value,
    ),
    { parser: 'json', printWidth: 100 },
  );

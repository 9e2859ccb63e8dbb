import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { en } from '../../widget/locales/en.ts';
import type { Attribute, ElementDeclaration, Manifest, Member } from './manifest.ts';

/** The reference page, made from the manifest. */

export const referenceFile = fileURLToPath(
  new URL('../../widget/docs/reference.md', import.meta.url),
);

const code = (text: string | undefined): string =>
  text === undefined ? '' : `\`${text.replaceAll('|', '\\|')}\``;
const words = (text = ''): string => text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');

/** A table under its heading, or nothing where there is nothing to say. */
function table(heading: string, columns: string[], rows: string[][]): string {
  if (rows.length === 0) return '';
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  const lines = [line(columns), line(columns.map(() => '-')), ...rows.map(line)];
  return `### ${heading}\n\n${lines.join('\n')}\n`;
}

const signature = ({ name, parameters = [], return: returned }: Member): string => {
  const given = parameters.map(
    (parameter) => `${parameter.name}${parameter.default ? '?' : ''}: ${parameter.type?.text}`,
  );
  return `${name}(${given.join(', ')}): ${returned?.type.text}`;
};

function element(declaration: ElementDeclaration): string {
  const { tagName, description, attributes, members, events } = declaration;
  const fields = members.filter(({ kind }) => kind === 'field');
  const methods = members.filter(({ kind }) => kind === 'method');
  const reflected = ({ fieldName }: Attribute): string =>
    fields.some(({ name, reflects }) => name === fieldName && reflects) ? 'Reflected. ' : '';
  const named = (items: { name: string; description?: string }[]): string[][] =>
    items.map(({ name, description: says }) => [code(name), words(says)]);
  return [
    `## \`<${tagName}>\`\n\n${words(description)}\n`,
    table(
      'Attributes',
      ['attribute', 'type', 'default', ''],
      attributes.map((attribute) => [
        code(attribute.name),
        code(attribute.type?.text),
        code(attribute.default),
        words(reflected(attribute) + attribute.description),
      ]),
    ),
    table(
      'Properties',
      ['property', 'type', 'attribute', ''],
      fields.map((field) => [
        code(field.name),
        code(field.type?.text),
        code(field.attribute),
        words(field.description),
      ]),
    ),
    table(
      'Methods',
      ['method', ''],
      methods.map((method) => [code(signature(method)), words(method.description)]),
    ),
    table(
      'Events',
      ['event', 'type', ''],
      events.map((event) => [code(event.name), code(event.type?.text), words(event.description)]),
    ),
    table('Slots', ['slot', ''], named(declaration.slots)),
    table('Parts', ['part', ''], named(declaration.cssParts)),
    table('Custom properties', ['property', ''], named(declaration.cssProperties)),
    table('States', ['state', ''], named(declaration.cssStates)),
  ].join('\n');
}

const head = `# Reference

Made by \`npm run docs\` from [custom-elements.json](custom-elements.json), which is made from the comments of the classes. The package has it as \`boarding-id/custom-elements.json\`, for editors and other tools. The types that are named here are exports of \`boarding-id\`.
`;

/** What stands in the comments of a union of strings in `widget/flow/effects.ts`. */
function union(name: string): string[][] {
  const source = readFileSync(new URL('../../widget/flow/effects.ts', import.meta.url), 'utf8');
  const [, text = ''] = new RegExp(`export type ${name} =\\s([^]*?);\\n`).exec(source) ?? [];
  let comment = '';
  return [...text.matchAll(/\/\*\* (.*?) \*\/|'([a-z-]+)'/g)].flatMap(([, says, value]) => {
    if (says !== undefined) comment = says;
    return value === undefined ? [] : [[code(value), words(comment)]];
  });
}

const lists = (): string =>
  [
    '## Closed lists\n',
    table(
      '`RefusalCode`: of `boarding-id-refused`, and each with its slot `refusal-…`',
      ['code', 'what the traveller reads'],
      Object.entries(en.refusals).map(([name, { title }]) => [code(name), words(title)]),
    ),
    table('`HostErrorCode`: of `boarding-id-error`', ['code', ''], union('HostErrorCode')),
    `${code('CloseReason')}, of \`boarding-id-closed\`: \`user\`, \`finished\` (with a code), \`refused\` (with a refusal and no code), \`host\` (it closed the component, or took it out). ${code('CloseSource')}, of \`boarding-id-close-request\`: \`screen\` (the component's own back button), \`host\` (the app's or the phone's, over the bridge).\n`,
  ].join('\n');

/** The page as it should be. */
export const referencePage = ({ modules }: Manifest): Promise<string> =>
  format(
    [head, ...modules.flatMap(({ declarations }) => declarations.map(element)), lists()].join('\n'),
    {
      parser: 'markdown',
      printWidth: 100,
      singleQuote: true,
    },
  );

import { variables, type Variable } from '../configuration.ts';

/** What the program can be asked for, each with what comes of it. */
export const commands = [
  { usage: '', does: 'start host app, issuer and gate' },
  {
    usage: 'rotate-keys [--after <seconds>]',
    does: 'make a new signing key of each kind, published at once and used after an hour',
  },
  {
    usage: 'erase',
    does: 'forget a person whose document number it asks for; the month’s count stays',
  },
  { usage: '--help', does: 'this' },
] as const;

/** @param program how it was called, such as `npm start --` */
export function helpText(program: string): string {
  const uses = commands.map(({ usage, does }) => [`${program} ${usage}`.trimEnd(), does] as const);
  const settings = (variables as readonly Variable[]).map(
    (variable) =>
      [
        variable.name,
        `${variable.does}; default: ${variable.default}`.replaceAll('`', ''),
      ] as const,
  );
  return `Commands\n${columns(uses)}\n\nEnvironment variables\n${columns(settings)}\n`;
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([first]) => first.length)) + 2;
  return rows.map(([first, second]) => `  ${first.padEnd(width)}${second}`).join('\n');
}

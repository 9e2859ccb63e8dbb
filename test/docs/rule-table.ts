import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The table of the service's rules in `widget/docs/rules.md`, made from the titles of the tests. */

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The rules as `R`-numbers name them, each in a few words. */
export const rules: Readonly<Record<string, string>> = {
  R1: 'home page → 温馨服务 → the application page',
  R2: '更多 → 温馨服务 ends there too; a host opens any page by name',
  R3: 'name, document type, number, 立即申请',
  R4: 'a signed-in user’s identity is filled in, masked; the number never enters the page',
  R5: 'resident ID cards only; other documents are told where to go',
  R6: 'location must be granted; each failure has its text and way out',
  R7: 'a guest fills in and confirms; 查看 for whoever has a proof; a valid proof is shown instead',
  R8: 'no minimum age',
  R9: 'three successful applications a person and calendar month',
  R10: 'a proof is valid 24 hours, to the second',
  R11: 'the next one from 3 hours before the end',
  R12: 'a new proof ends the old one’s codes',
  R13: 'a liveness check for every application and re-verification',
  R14: 'the outcome is shown; the refused are told of the paper window',
  R15: 'the code changes by itself every 60 seconds',
  R16: '刷新 brings a new code at once',
  R17: '30 minutes after the check the code goes',
  R18: 'a guest who leaves must verify again',
  R19: 'a registered user must after signing out or clearing data, not after closing',
  R20: 'viewing and re-verifying use no application',
  R21: 'sale, real-name check, gates, on board; multi-ride and period tickets',
  R22: 'expired on the way: apply again, or the staffed lane',
  R23: 'registered users see a month of applications, guests none',
  R24: 'notices and questions are readable inside',
};

interface Test {
  file: string;
  title: string;
}

const titleOf = /\bit\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/g;

function allTests(): Test[] {
  return readdirSync(`${root}test`, { recursive: true, encoding: 'utf8' })
    .map((file) => `test/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.test.ts'))
    .sort()
    .flatMap((file) =>
      [...readFileSync(root + file, 'utf8').matchAll(titleOf)].map(
        ([, single, double, template]) => ({
          file,
          title: (single ?? double ?? template ?? '')
            .replaceAll(/\\(.)/g, '$1')
            .replaceAll(/\$\{[^}]*\}/g, '…'),
        }),
      ),
    );
}

/** Titles name their rules before the colon or in brackets at the end, as `R9` or `R3–R8`. */
const names = ({ title }: Test, rule: string): boolean => new RegExp(`\\b${rule}\\b`).test(title);

/** The rows R1 to R24, each with the tests whose titles name it. */
export function ruleTable(): string {
  const tests = allTests();
  const row = ([rule, words]: [string, string]): string => {
    const shown = tests.filter((test) => names(test, rule));
    const files = [...new Set(shown.map(({ file }) => file))];
    const cell = files.map((file) => {
      const titles = shown.filter((test) => test.file === file).map(({ title }) => title);
      return `[${file.slice('test/'.length)}](../../${file}): ${titles.join('; ').replaceAll('|', '\\|')}`;
    });
    return `| **${rule}** | ${words} | ${cell.join('<br>')} |`;
  };
  return ['| rule | | shown by |', '| - | - | - |', ...Object.entries(rules).map(row)].join('\n');
}

export const tableFile = `${root}widget/docs/rules.md`;
const begins = '<!-- prettier-ignore-start -->';
const ends = '<!-- prettier-ignore-end -->';

/** The document with the table as it should be. @throws when it has no place for one */
export function withTable(document: string): string {
  const from = document.indexOf(begins);
  const to = document.indexOf(ends);
  if (from < 0 || to < from) throw new Error('rules.md has lost the marks around its table.');
  return `${document.slice(0, from)}${begins}\n\n${ruleTable()}\n\n${document.slice(to)}`;
}

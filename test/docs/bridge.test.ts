import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { deepLinks } from '../../widget/flow/state.ts';
import { LivenessReply, LocationReply } from '../../widget/host/bridge/answers.ts';
import {
  capabilities,
  longestMessage,
  readEnvelope,
  version,
} from '../../widget/host/bridge/envelope.ts';

const root = new URL('../../widget/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const guide = read('docs/bridge.md');
const sources = readdirSync(new URL('host/bridge/', root))
  .map((name) => read(`host/bridge/${name}`))
  .join('\n');

/** A part of the document, by its heading. */
const part = (heading: string): string => {
  const [, text] = guide.split(`\n## ${heading}\n`);
  assert.ok(text, heading);
  return text.split('\n## ')[0]!;
};

const wordsIn = (text: string): string[] =>
  [...text.matchAll(/`([\w-]+)`/g)].map(([, word]) => word!);

/** The first cells of a table, and the rows they begin. */
const rowsOf = (heading: string): Map<string, string> =>
  new Map(
    [...part(heading).matchAll(/^\| `([\w-]+)` *\|.*$/gm)].map(([row, word]) => [word!, row]),
  );

const found = (pattern: RegExp, text = sources): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, word]) => word!)),
];

const same = (told: Iterable<string>, meant: Iterable<string>): void =>
  assert.deepEqual([...told].toSorted(), [...meant].toSorted());

describe('the document of the bridge', () => {
  it('B5: has each request of the sources, and no other', () => {
    same(rowsOf('What the component asks').keys(), found(/\bask\(\s*'([\w-]+)'/g));
  });

  it('B5: has each message that is only told, and no other', () => {
    same(
      rowsOf('What the component tells').keys(),
      found(/\b(?:send|tell|tellIfAble)\(\s*'([\w-]+)'/g),
    );
  });

  it('B5: has each message that a host can send, and no other', () => {
    same(rowsOf('What the app says').keys(), found(/(?:\bcase |message\.type === )'([\w-]+)'/g));
  });

  it('B5: has the capabilities in their order', () => {
    assert.deepEqual(wordsIn(part('Capabilities')), [...capabilities]);
  });

  it('B5: has each time-out, and no other', () => {
    const asked = rowsOf('What the component asks');
    const [, table] = /const timeouts = \{(.*?)\};/s.exec(sources)!;
    for (const [, type, milliseconds] of table!.matchAll(/^\s*(\w+): ([\d_]+),/gm)) {
      const seconds = Number(milliseconds!.replaceAll('_', '')) / 1000;
      const [, told] = / (\d+) s /.exec(asked.get(type!)!)!;
      assert.equal(Number(told), seconds, type);
      asked.delete(type!);
    }
    assert.deepEqual([...asked.keys()], []);
    const [, welcome] = /welcomeTimeout = (\d+)/.exec(sources)!;
    assert.match(
      rowsOf('What the app says').get('welcome')!,
      new RegExp(`within ${Number(welcome) / 1000} s`),
    );
  });

  it('B5: has the version, and how long a message may be', () => {
    assert.ok(part('The envelope').includes(`at most ${longestMessage.toLocaleString('en')} `));
    assert.match(part('The envelope'), new RegExp(`\`version\` *\\| ${version}\\.`));
  });

  it('B5: its examples are messages', () => {
    const examples = [...guide.matchAll(/`(\{"version".*?\})`/g)].map(([, text]) => text!);
    assert.ok(examples.length >= 2);
    for (const text of examples) assert.ok(readEnvelope(text), text);
  });

  it('B5: has each reason and each code that an answer may have, and no other', () => {
    const rows = rowsOf('What the component asks');
    const reasons = LocationReply.options[1].entries.reason.options;
    const answer = (type: string): string => rows.get(type)!.split('|')[3]!;
    same(wordsIn(answer('location')), reasons);
    same(wordsIn(answer('liveness')), LivenessReply.options[2].entries.code.options);
  });

  it('B5: has each event, and each screen that can be opened', () => {
    const types = read('flow/effects.ts');
    const events = found(/\{ name: '([\w-]+)'/g, types.slice(types.indexOf('type HostEvent')));
    const told = rowsOf('What the component tells').get('event')!.split('|')[3]!;
    same(wordsIn(told), events);
    const opened = rowsOf('What the app says').get('open')!.split('|')[2]!;
    same(wordsIn(opened), deepLinks);
  });

  it('B5: has each channel that is exported', () => {
    const channels = found(/^ {2}(\w+Channel),$/gm, read('bridge.ts'));
    same(
      rowsOf('Channels').keys(),
      channels.filter((name) => name !== 'findChannel'),
    );
  });
});

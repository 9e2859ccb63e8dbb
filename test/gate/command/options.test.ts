import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { at, command, Folder, good, type Outcome } from './command.ts';

const folder = new Folder();
after(() => folder.remove());
const code = folder.file('code.txt', good.scanned);
const check = (...more: string[]): Promise<Outcome> =>
  command(['check', code, '--keys', folder.keys, ...more]);

describe('the command answers', () => {
  it('in words, and says that it knows no denylist', async () => {
    const { said, exitCode } = await check('--at', at);
    assert.equal(said, 'admitted\n  Not compared with a denylist: the code may be withdrawn.');
    assert.equal(exitCode, 0);
  });

  it('in one line of JSON', async () => {
    const { said } = await check('--json');
    const { claims, ...verdict } = JSON.parse(said) as Record<string, unknown>;
    assert.deepEqual(verdict, { admitted: true, ticket: null, denylistIssuedAt: null });
    assert.equal(JSON.stringify(claims), good.claims);
  });

  it('a refusal with its reason, its two characters (B10) and how far off, in words and JSON', async () => {
    const late = ['--at', String(Number(at) + 75)];
    assert.deepEqual(await check(...late), {
      exitCode: 1,
      said: 'refused: expired (C3, off by 15 s). Code expired. Tap Refresh and show the new code.',
      complained: '',
    });
    const { said, exitCode } = await check(...late, '--json');
    assert.equal(exitCode, 1);
    assert.deepEqual(JSON.parse(said), {
      admitted: false,
      reason: 'expired',
      secondsOff: 15,
      code: 'C3',
      denylistIssuedAt: null,
    });
  });

  it('by its own clock, or by one that is given in seconds or with a zone', async () => {
    assert.equal((await check()).exitCode, 0);
    assert.equal((await check('--at', '2026-03-01T10:00:30+08:00')).exitCode, 0);
    assert.equal((await check('--at', '2026-03-01T02:00:30Z')).exitCode, 0);
    assert.equal((await check('--at', '2026-03-01T10:00:30Z')).exitCode, 1);
  });

  it('a question for help', async () => {
    const { exitCode, said } = await command(['--help']);
    assert.match(said, /^boarding-id check \[FILE/);
    assert.equal(exitCode, 0);
  });
});

describe('the command refuses arguments with a sentence that says what to do', () => {
  const keys = ['--keys', folder.keys];
  const noKeys = folder.file('no-keys.json', '{"keys":1}');
  const noPoint = folder.file(
    'no-point.json',
    JSON.stringify({
      keys: [{ kty: 'EC', crv: 'P-256', alg: 'ES256', x: 'AA', y: 'AA', kid: 'k1', typ: 'bid' }],
    }),
  );
  const arguments_: [given: string[], sentence: RegExp][] = [
    [[], /^Try: boarding-id --help$/],
    [['mint'], /^There is no command mint\. Try/],
    [['check', code], /^Whose codes\? Give --keys FILE, or --issuer URL/],
    [['check', code, code, ...keys], /^Give one file at a time/],
    [['check', code, ...keys, '--colour'], /--colour.*Try: boarding-id --help$/],
    [['check', code, '--keys'], /--keys.*Try: boarding-id --help$/],
    [['check', code, ...keys, '--purpose', 'enter'], /^--purpose is one of entry, exit,/],
    [['check', code, ...keys, '--purpose', 'entry'], /^At which station\? entry needs --station/],
    [['check', code, ...keys, '--at', 'noon'], /^--at is whole seconds since 1970/],
    [['check', code, ...keys, '--at', '2026-03-01T10:00:00'], /^--at is .* with its zone/],
    [['check', code, ...keys, '--at', '2026-13-01T10:00:00Z'], /^--at is whole seconds/],
    [['check', code, '--issuer', 'issuer.example'], /^--issuer is an address, such as/],
    [['check', code, '--issuer', 'file:///keys'], /^--issuer is an address/],
    [['check', code, '--keys', noKeys], /no-keys\.json is no key set/],
    [['check', code, '--keys', code], /code\.txt is no key set/],
    [['check', code, '--keys', noPoint], /no point of P-256/],
    [['check', code, '--keys', `${code}.none`], /^There is no such file/],
    [
      ['check', code, ...keys, '--denylist', code],
      /^Who must have signed the lists\? Give --issuer/,
    ],
    [
      ['check', code, ...keys, '--purpose', 'entry', '--station', 'x'],
      /^This purpose needs the denylist: give --denylist FILE, or --issuer URL/,
    ],
    [
      ['check', code, ...keys, '--purpose', 'onboard'],
      /^This purpose needs the tickets: give --manifest FILE/,
    ],
    [['check', code, '--issuer', 'https://issuer.example'], /^The issuer does not answer; check/],
  ];
  for (const [given, sentence] of arguments_) {
    it(given.map((each) => each.replace(folder.path, '…')).join(' ') || 'none', async () => {
      const { exitCode, said, complained } = await command(given);
      assert.match(complained, sentence);
      assert.deepEqual({ exitCode, said }, { exitCode: 2, said: '' });
    });
  }
});

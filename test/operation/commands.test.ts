import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { runCommand } from './command.ts';

describe('the commands', () => {
  it('are listed by --help, which needs no store', () => {
    const { status, stdout } = runCommand(['--help'], { DATA_FOLDER: '/nowhere' });
    assert.equal(status, 0);
    assert.match(stdout, /rotate-keys .*\n.*erase .*\n[^]*OPERATION_ADDRESS/);
  });

  it('refuse what they do not know, a bad value and a bad configuration, each with a sentence', () => {
    for (const [args, env, said] of [
      [['sing'], {}, /^There is no command "sing"\./],
      [['rotate-keys', '--after', '10'], {}, /^--after must be a number of seconds, at least 75\./],
      [['rotate-keys', '--before', '100'], {}, /^--after must be/],
      [['erase', '110101199003070000'], {}, /^erase takes the number from standard input alone\./],
      [['rotate-keys'], { LOG: 'loud' }, /^LOG must be one of faults, text, json, not "loud"\./],
    ] as const) {
      const { status, stderr } = runCommand([...args], env);
      assert.equal(status, 1, args.join(' '));
      assert.match(stderr, said);
      assert.doesNotMatch(stderr, /\d{15}/);
    }
  });

  it('make no store where there is none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'boarding-id-'));
    const { status, stderr } = runCommand(['erase'], { DATA_FOLDER: join(folder, 'wrong') });
    assert.equal(status, 1);
    assert.match(stderr, /^There is no store at .*wrong/);
    assert.equal(existsSync(join(folder, 'wrong')), false);
    rmSync(folder, { recursive: true });
  });
});

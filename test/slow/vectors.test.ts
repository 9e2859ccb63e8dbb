import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { deckFile, type Deck } from '../vectors/make-vectors.ts';

const script = fileURLToPath(new URL('../vectors/check.py', import.meta.url));
const deck = JSON.parse(readFileSync(deckFile, 'utf8')) as Deck;

/** Debian's own Python has Debian's packages, and need not be the first on the path. */
const pythons = ['python3', '/usr/bin/python3'];

describe('B12: a gate in Python, written from the vectors’ description alone', () => {
  let python: string;
  before(() => {
    const found = pythons.find(
      (name) => spawnSync(name, ['-c', 'import cryptography']).status === 0,
    );
    assert.ok(found, 'No Python with its cryptography: install Debian’s python3-cryptography.');
    python = found;
  });

  const check = (...given: string[]): { status: number | null; lines: string[] } => {
    const { status, stdout, stderr } = spawnSync(python, [script, ...given], { encoding: 'utf8' });
    assert.equal(stderr, '');
    return { status, lines: stdout.trimEnd().split('\n') };
  };

  it('agrees with the project’s check on every case', () => {
    const all = deck.cases.length;
    assert.deepEqual(check(), { status: 0, lines: [`${all} of ${all} cases agree`] });
  });

  it('says so when it does not agree', () => {
    const folder = mkdtempSync(join(tmpdir(), 'boarding-id-vectors-'));
    const changed = structuredClone(deck);
    changed.policy.repeatSeconds = 4;
    changed.policy.denylistMaximumSeconds = 1799;
    const file = join(folder, 'deck.json');
    writeFileSync(file, JSON.stringify(changed));
    const { status, lines } = check(file);
    rmSync(folder, { recursive: true });
    assert.equal(status, 1);
    assert.match(lines.join('\n'), /^the same lane within 3 s repeats its verdict: /m);
    assert.match(lines.join('\n'), /^denylist: 1,800 s old still counts: /m);
  });
});

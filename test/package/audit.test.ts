import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const audit = fileURLToPath(new URL('../../.ci/audit', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'boarding-id-audit-'));
after(() => rmSync(folder, { recursive: true }));

/** Stands in front of npm: writes down what it would have asked about, and gives an answer as recorded. */
const npm = `#!/bin/sh
case "$*" in *--json*) ;; *) exit "$STATUS";; esac
"$NPM" ls --omit=dev --all --package-lock-only --parseable >"$FOLDER/asked"
echo "npm warn audit 405 Method Not Allowed" >&2
printf '%s' "$ANSWER"
exit "$STATUS"
`;
writeFileSync(join(folder, 'npm'), npm);
chmodSync(join(folder, 'npm'), 0o755);
const realNpm = execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim();

function run(answer: string, status: number): { status: number | null; said: string } {
  const result = spawnSync(audit, {
    env: {
      ...process.env,
      PATH: `${folder}:${process.env['PATH']}`,
      NPM: realNpm,
      FOLDER: folder,
      ANSWER: answer,
      STATUS: String(status),
    },
    encoding: 'utf8',
  });
  return { status: result.status, said: result.stdout };
}

const found = (high: number): string =>
  JSON.stringify({
    auditReportVersion: 2,
    metadata: { vulnerabilities: { info: 0, low: 0, moderate: 0, high, critical: 0, total: high } },
  });

describe('the audit of dependencies', () => {
  it('asks about what is shipped and what the server runs on, with all below, and about no tool', () => {
    assert.deepEqual(run(found(0), 0), {
      status: 0,
      said: 'Dependencies that are shipped, or that the server runs on, have no known weakness of high severity.\n',
    });
    const asked = readFileSync(join(folder, 'asked'), 'utf8').match(/(?<=\/node_modules\/).+$/gm);
    const names = new Set(asked);
    for (const name of ['lit', 'jose', 'hono', '@hono/node-server', 'kysely', 'libsql', 'pg']) {
      assert.ok(names.has(name), name);
    }
    for (const name of ['pg-protocol', 'tdigest', 'prom-client', 'zxing-wasm', 'lit-html']) {
      assert.ok(names.has(name), name);
    }
    for (const name of ['rollup', 'esbuild', 'prettier', 'oxlint', 'tsx', 'vue', 'postcss']) {
      assert.ok(!names.has(name), name);
    }
  });

  it('fails for a weakness', () => {
    const { status, said } = run(found(1), 1);
    assert.equal(status, 1);
    assert.match(said, /have known weaknesses of high severity/);
  });

  it('says so, and fails nothing, when the registry does not answer', () => {
    for (const answer of ['', '{"message":"405 Method Not Allowed","statusCode":405}']) {
      const { status, said } = run(answer, 1);
      assert.equal(status, 0);
      assert.match(said, /^Dependencies were not audited: .*405 Method Not Allowed/);
    }
  });
});

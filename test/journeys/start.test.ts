import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { freePort, startMock } from './running-mock.ts';

const start = (env: Record<string, string>) =>
  spawnSync(process.execPath, ['dist/mock-server/main.js'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, ...env },
    encoding: 'utf8',
    timeout: 10_000,
  });

describe('starting the mock', () => {
  it('takes the next free pair of ports when one is taken, and says so', async () => {
    const taken = await freePort();
    const squatter = createServer().listen(taken + 1);
    try {
      const mock = await startMock({ PORT: String(taken) });
      assert.match(mock.printed(), new RegExp(`${taken + 1} is taken; using ${taken + 2}`));
      assert.equal(new URL(mock.host).port, String(taken + 2));
      assert.equal(new URL(mock.gate).port, String(taken + 3));
      assert.equal(await mock.stop(), 0);
    } finally {
      squatter.close();
    }
  });

  it('refuses a bad configuration with a sentence that names the variable', () => {
    for (const [name, value] of [
      ['PORT', 'eighty'],
      ['PUBLIC_ORIGIN', 'example.com/path'],
      ['DATABASE_URL', 'mysql://localhost'],
    ] as const) {
      const { status, stderr } = start({ [name]: value });
      assert.equal(status, 1);
      assert.match(stderr, new RegExp(`^${name} must [^\\n]+\\.\\n$`));
    }
  });

  it('serves its pages under a strict policy', async () => {
    const mock = await startMock();
    try {
      for (const address of [mock.host, mock.gate]) {
        const { headers } = await fetch(address);
        const policy = headers.get('Content-Security-Policy') ?? '';
        assert.match(policy, /default-src 'none'/);
        assert.match(policy, /require-trusted-types-for 'script'/);
        assert.doesNotMatch(policy, /'unsafe-(inline|eval)'/);
      }
    } finally {
      await mock.stop();
    }
  });
});

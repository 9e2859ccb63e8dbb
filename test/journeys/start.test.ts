import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startMock } from './running-mock.ts';

const start = (env: Record<string, string>) =>
  spawnSync(process.execPath, ['dist/mock-server/main.js'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, ...env },
    encoding: 'utf8',
    timeout: 10_000,
  });

describe('starting the mock', () => {
  it('with PORT=0 takes any two ports that are free, one after the other, and says where', async () => {
    const mock = await startMock({ PORT: '0' });
    try {
      const [host, gate] = [mock.host, mock.gate].map((address) => Number(new URL(address).port));
      assert.equal(gate, host! + 1);
      for (const address of [mock.host, mock.gate])
        assert.equal((await fetch(address)).status, 200);
    } finally {
      assert.equal(await mock.stop(), 0);
    }
  });

  it('ends where the port that was asked for is taken, naming it and the variable', async () => {
    const squatter = createServer().listen(0);
    await once(squatter, 'listening');
    const { port } = squatter.address() as AddressInfo;
    const { status, stderr } = start({ PORT: String(port), DATA_FOLDER: '/nowhere' });
    squatter.close();
    assert.equal(status, 1);
    assert.match(stderr, new RegExp(`^PORT: ${port} is taken .*\\n$`));
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

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfiguration } from '../../mock-server/configuration.ts';

describe('the configuration', () => {
  it('needs nothing to be set', () => {
    assert.deepEqual(readConfiguration({}), {
      port: 8080,
      portGiven: false,
      publicOrigin: undefined,
      proxies: 0,
      databaseUrl: undefined,
      dataFolder: '.data',
    });
  });

  it('refuses what it cannot use, naming the variable', () => {
    for (const PORT of ['0', '65535', 'http', '80.5', '-1']) {
      assert.throws(() => readConfiguration({ PORT }), /^ConfigurationError: PORT must be/);
    }
    for (const PUBLIC_ORIGIN of ['example.com', 'https://example.com/', 'ftp://example.com']) {
      assert.throws(() => readConfiguration({ PUBLIC_ORIGIN }), /PUBLIC_ORIGIN must be/);
    }
    for (const PROXIES of ['-1', '10', 'yes']) {
      assert.throws(() => readConfiguration({ PROXIES }), /PROXIES must be/);
    }
    assert.throws(() => readConfiguration({ DATABASE_URL: 'mysql://x' }), /DATABASE_URL must/);
  });

  it('never repeats a database address, which may hold a password', () => {
    const url = 'mysql://user:secret@host/db';
    assert.throws(
      () => readConfiguration({ DATABASE_URL: url }),
      (error: Error) => !error.message.includes('secret'),
    );
  });
});

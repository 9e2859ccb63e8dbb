import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readConfiguration, variables } from '../../mock-server/configuration.ts';
import { commands, helpText } from '../../mock-server/operation/help.ts';

describe('the configuration', () => {
  it('needs nothing to be set', () => {
    assert.deepEqual(readConfiguration({}), {
      port: undefined,
      publicOrigin: undefined,
      proxies: 0,
      databaseUrl: undefined,
      dataFolder: '.data',
      log: 'faults',
      operationAddress: undefined,
    });
  });

  it('takes what is given', () => {
    const given = {
      PORT: '9000',
      PUBLIC_ORIGIN: 'https://issuer.example',
      DATABASE_URL: 'postgres://localhost/boarding',
      DATA_FOLDER: '/var/lib/boarding-id',
      PROXIES: '2',
      LOG: 'json',
      OPERATION_ADDRESS: '[::1]:9464',
    };
    assert.deepEqual(readConfiguration(given), {
      port: 9000,
      publicOrigin: given.PUBLIC_ORIGIN,
      databaseUrl: given.DATABASE_URL,
      dataFolder: given.DATA_FOLDER,
      proxies: 2,
      log: 'json',
      operationAddress: { host: '::1', port: 9464 },
    });
  });

  it('refuses what it cannot use, naming the variable and what it wants', () => {
    const bad: Record<string, string[]> = {
      PORT: ['00', '65535', 'http', '80.5', '-1', '1e3'],
      PUBLIC_ORIGIN: ['example.com', 'https://example.com/', 'ftp://example.com'],
      DATABASE_URL: ['mysql://x', 'localhost'],
      PROXIES: ['-1', '10', 'yes'],
      LOG: ['JSON', 'debug', 'off'],
      OPERATION_ADDRESS: ['9464', 'localhost', 'localhost:0', ':9464', 'localhost:70000', 'a b:1'],
    };
    for (const [name, values] of Object.entries(bad)) {
      const { must } = variables.find((variable) => variable.name === name)!;
      for (const value of values) {
        assert.throws(
          () => readConfiguration({ [name]: value }),
          (error: Error) => error.message.startsWith(`${name} must ${must}`),
          `${name}=${value}`,
        );
      }
    }
  });

  it('refuses a name that is nearly one of its own, naming both and no value', () => {
    const near: Record<string, string> = {
      DATABSE_URL: 'DATABASE_URL',
      DATABASE_URI: 'DATABASE_URL',
      OPERATION_ADRESS: 'OPERATION_ADDRESS',
      OPERATIONS_ADRESS: 'OPERATION_ADDRESS',
      PUBLIC_ORIGNI: 'PUBLIC_ORIGIN',
      PUBLICORIGIN: 'PUBLIC_ORIGIN',
      DATA_FLODER: 'DATA_FOLDER',
      PROXYS: 'PROXIES',
      PROT: 'PORT',
      LOGS: 'LOG',
    };
    for (const [written, meant] of Object.entries(near)) {
      assert.throws(() => readConfiguration({ [written]: 'secret' }), {
        name: 'ConfigurationError',
        message: `${written} is not known; unset it, or write ${meant}.`,
      });
    }
  });

  it('leaves alone what belongs to others, and what stands beside the right name', () => {
    for (const name of ['LANG', 'HOST', 'PATH', 'PWD', 'HTTP_PROXY', 'PUBLIC_URL', 'DATABASE']) {
      assert.deepEqual(readConfiguration({ [name]: 'x' }), readConfiguration({}), name);
    }
    assert.equal(readConfiguration({ DATABSE_URL: '' }).databaseUrl, undefined);
    assert.equal(readConfiguration({ PORT: '0' }).port, 0);
    assert.equal(readConfiguration({ PORT: '9000', PORTS: '1' }).port, 9000);
  });

  it('never repeats a database address, which may hold a password', () => {
    const url = 'mysql://user:secret@host/db';
    assert.throws(
      () => readConfiguration({ DATABASE_URL: url }),
      (error: Error) => !error.message.includes('secret'),
    );
  });

  it('is listed whole by the help, with each command', () => {
    const help = helpText('npm start --');
    for (const { name, does } of variables) {
      assert.match(help, new RegExp(`^  ${name} +${does.replaceAll('`', '').slice(0, 20)}`, 'm'));
    }
    for (const { usage } of commands) assert.ok(help.includes(`npm start -- ${usage}`.trimEnd()));
  });

  it('stands in the server’s README as it is', () => {
    const readme = readFileSync(new URL('../../mock-server/README.md', import.meta.url), 'utf8');
    const table = readme.split('## Configuration')[1]?.split('\n## ')[0] ?? '';
    const rows = [...table.matchAll(/^\| `(\w+)` *\| (.+?) *\| (.+?) *\|$/gm)].map(
      ([, name, does, standard]) => ({ name, does, default: standard }),
    );
    const listed = variables.map(({ name, does, default: standard }) => ({
      name,
      does,
      default: standard,
    }));
    assert.deepEqual(rows, listed);
  });
});

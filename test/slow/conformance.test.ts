import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { brokenForHolders, otherwiseAskedOf } from '../conformance/broken-issuers.ts';
import { examined, fewPacks, named } from '../conformance/examined.ts';
import { startMock } from '../journeys/running-mock.ts';

const main = fileURLToPath(new URL('../../dist/command/main.js', import.meta.url));

/** Runs the built command as a process. */
const boardingId = (given: string[], env: Record<string, string>) =>
  new Promise<{ exitCode: number | string; said: string; complained: string }>((resolve) => {
    execFile(
      process.execPath,
      [main, ...given],
      { env: { ...process.env, ...env }, maxBuffer: 16 * 2 ** 20 },
      (error, said, complained) => resolve({ exitCode: error?.code ?? 0, said, complained }),
    );
  });

describe('npx boarding-id conformance', () => {
  it('finds that the running mock keeps the whole contract, once and again', async () => {
    const mock = await startMock();
    try {
      const configuration = await fetch(`${mock.gate}/configuration.json`);
      const { credential, crewCredential } = (await configuration.json()) as Record<string, string>;
      const env = {
        BOARDING_ID_CREDENTIAL: credential!,
        BOARDING_ID_CREW_CREDENTIAL: crewCredential!,
      };
      const controls = ['--controls', `${mock.host}/mock`, '--station', 'beijing-south'];
      const given = ['conformance', mock.host, ...controls, '--alone', '--json'];

      const first = await boardingId(given, env);
      const { checks, ...counts } = JSON.parse(first.said) as {
        checks: { status: string }[];
        skipped: number;
      };
      assert.deepEqual(
        checks.filter(({ status }) => status !== 'passed'),
        [],
      );
      assert.equal(counts.skipped, 0);
      assert.deepEqual([first.exitCode, first.complained], [0, '']);

      const second = await boardingId(given.slice(0, -1), env);
      assert.match(second.said, /\n\d+ passed, 0 failed, 0 not reached, \d skipped\n$/);
      assert.equal(second.exitCode, 0);
    } finally {
      await mock.stop();
    }
  });
});

describe('Ctrl-C', () => {
  it('sets the running mock’s clock back before it ends with 1', async () => {
    const mock = await startMock();
    try {
      const offset = async () => {
        const { offsetMs } = (await (await fetch(`${mock.host}/mock/clock`)).json()) as {
          offsetMs: number;
        };
        return offsetMs;
      };
      const given = ['conformance', mock.host, '--controls', `${mock.host}/mock`, '--alone'];
      const command = spawn(process.execPath, [main, ...given], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const [ended, said, complained] = [
        once(command, 'exit'),
        text(command.stdout),
        text(command.stderr),
      ];
      while ((await offset()) === 0) assert.equal(command.exitCode, null, 'it moved no clock');
      command.kill('SIGINT');
      assert.deepEqual(await ended, [1, null]);
      assert.equal(await offset(), 0);
      assert.match(await complained, /^Interrupted: [^]*\nThe issuer’s clock stands as it did/);
      assert.match(await said, /\nThe run was interrupted: /);
    } finally {
      await mock.stop();
    }
  });
});

/** What `test/conformance/broken-issuers.test.ts` asks is not asked once more. */
describe('an issuer, asked everything else, that', () => {
  for (const broken of brokenForHolders) {
    const { what, fails, breaking } = broken;
    it(`${what} fails nothing but ${fails.join(', ')}`, async () => {
      const examination = await examined(fewPacks(breaking), otherwiseAskedOf(broken));
      assert.deepEqual(named(examination, 'failed', 'not-reached', 'skipped'), []);
    });
  }
});

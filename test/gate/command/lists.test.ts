import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Pack } from '../../../widget/protocol/messages/holder.ts';
import {
  ask,
  Holder,
  minutes,
  noon,
  origin,
  someGuest,
  startIssuer,
  type RunningIssuer,
} from '../../issuer/running-issuer.ts';
import { at, command, Folder, good, type Outcome } from './command.ts';

describe('the command at an issuer', () => {
  const folder = new Folder();
  let running: RunningIssuer;
  let credential: string;
  let code: string;
  let ended: string;
  before(async () => {
    running = await startIssuer();
    const configuration = await running.server.gateApp.request('/configuration.json');
    credential = ((await configuration.json()) as { credential: string }).credential;
    const holder = await Holder.create(running);
    const identity = await someGuest(running);
    await ask(running, 'POST', '/mock/tickets', {
      body: { identity, kind: 'single', train: 'G901' },
    });
    const grant = (await holder.obtain({ identity })).body.grant.token;
    code = (await holder.call<Pack>('POST', '/v1/codes', { body: {}, grant })).body.codes[0]!;
    const other = await Holder.create(running);
    const shown = await other.obtain({ identity: await someGuest(running) });
    ended = shown.body.pack.codes[0]!;
    await other.call('DELETE', '/v1/grants');
  });
  after(async () => {
    folder.remove();
    await running.close();
  });

  const check = (
    given: string[],
    { send, ...around }: Parameters<typeof command>[1] = {},
  ): Promise<Outcome> =>
    command(['check', ...given], {
      stdin: code,
      now: () => Math.floor(noon / 1000),
      credential,
      send: send ?? (async (request) => running.server.app.fetch(request)),
      ...around,
    });
  const issuer = ['--issuer', origin];
  const entry = ['--purpose', 'entry', '--station', 'beijing-south'];

  it('fetches keys, policy, denylist and tickets, and judges an entry', async () => {
    const { said, exitCode, complained } = await check([...issuer, ...entry]);
    assert.match(said, /^admitted: Single ticket \S+, G901, beijing-south to /);
    assert.deepEqual({ exitCode, complained }, { exitCode: 0, complained: '' });
  });

  it('uses no code up, however often it looks (R21)', async () => {
    for (let i = 0; i < 2; i++) assert.equal((await check([...issuer, ...entry])).exitCode, 0);
    const { body } = await ask(running, 'POST', '/v1/admissions', {
      headers: { Authorization: `Bearer ${credential}` },
      body: { scanned: code, purpose: 'entry', station: 'beijing-south', lane: '1' },
    });
    assert.equal((body as { admitted: boolean }).admitted, true);
  });

  it('tells the wrong train, another station and a grant that was ended early', async () => {
    const reasonOf = async (outcome: Promise<Outcome>) => (await outcome).said.split(' ')[1];
    assert.equal(await reasonOf(check([...issuer, ...entry, '--train', 'G1'])), 'wrong-train');
    const elsewhere = ['--purpose', 'entry', '--station', 'nanjing-south'];
    assert.equal(await reasonOf(check([...issuer, ...elsewhere])), 'no-ticket');
    assert.equal(await reasonOf(check([...issuer, ...entry], { stdin: ended })), 'revoked');
  });

  it('needs no credential at a counter, and then says that it knows no denylist', async () => {
    const { said, exitCode } = await check(issuer, { credential: undefined });
    assert.match(said, /Not compared with a denylist/);
    assert.equal(exitCode, 0);
  });

  it('says so when the credential is missing or refused, or no issuer answers there', async () => {
    const cannot = async (sentence: RegExp, around: Parameters<typeof command>[1]) => {
      const { exitCode, complained } = await check([...issuer, ...entry], around);
      assert.match(complained, sentence);
      assert.equal(exitCode, 2);
    };
    await cannot(/BOARDING_ID_CREDENTIAL/, { credential: undefined });
    await cannot(/^The issuer refuses to tell; .*BOARDING_ID_CREDENTIAL/, { credential: 'wrong' });
    await cannot(/^What answers there is no issuer/, {
      send: () => Promise.resolve(new Response('<!doctype html>')),
    });
    await cannot(/^The issuer does not answer/, {
      send: () => Promise.resolve(Response.json({}, { status: 503 })),
    });
  });

  describe('without a network, by files', () => {
    let files: string[];
    before(async () => {
      const headers = { Authorization: `Bearer ${credential}` };
      const get = async (path: string) =>
        JSON.stringify((await ask(running, 'GET', path, { headers })).body);
      files = [
        ['--keys', folder.file('issuer.json', await get('/.well-known/jwks.json'))],
        ['--denylist', folder.file('denylist.json', await get('/v1/denylist'))],
        [
          '--manifest',
          folder.file('manifest.json', await get('/v1/manifests/beijing-south/2027-03-01')),
        ],
      ].flat();
    });
    const offline = (given: string[], around: Parameters<typeof command>[1] = {}) =>
      check([...files, ...given], {
        credential: undefined,
        send: () => Promise.reject(new Error('The network was asked.')),
        ...around,
      });

    it('judges an entry', async () => {
      const { said } = await offline([...issuer, ...entry, '--json']);
      const { admitted, ticket, denylistIssuedAt } = JSON.parse(said) as Record<string, unknown>;
      assert.equal(admitted, true);
      assert.equal((ticket as { train: string }).train, 'G901');
      assert.equal(denylistIssuedAt, noon / 1000);
    });

    it('takes no list that another issuer signed, that is over, or of another station', async () => {
      const complaint = async (...given: Parameters<typeof offline>) => {
        const { exitCode, complained } = await offline(...given);
        assert.equal(exitCode, 2);
        return complained;
      };
      const stranger = ['--issuer', 'https://other.example', ...entry];
      assert.match(await complaint(stranger), /denylist\.json does not verify/);
      const late = String((noon + minutes(31)) / 1000);
      assert.match(await complaint([...issuer, ...entry, '--at', late]), /denylist\.json does not/);
      const elsewhere = [...issuer, '--purpose', 'entry', '--station', 'nanjing-south'];
      assert.match(
        await complaint(elsewhere),
        /manifest\.json is not the manifest of nanjing-south/,
      );
      const swapped = ['--denylist', files[5]!, ...issuer, ...entry];
      assert.match(await complaint(swapped), /manifest\.json does not verify/);
    });
  });
});

describe('the command as a process', () => {
  const main = fileURLToPath(new URL('../../../mock-server/command/main.ts', import.meta.url));
  const spawned = (given: string[], stdin: string): Promise<Outcome> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, ['--import', 'tsx', main, ...given]);
      const outcome = { said: '', complained: '' };
      child.stdout.on('data', (data) => (outcome.said += String(data)));
      child.stderr.on('data', (data) => (outcome.complained += String(data)));
      child.on('close', (exitCode) => resolve({ exitCode: exitCode ?? -1, ...outcome }));
      // Whoever refuses its arguments need not read on.
      child.stdin.on('error', () => {});
      child.stdin.end(stdin);
    });

  it('ends with 0 when admitted, 1 when refused and 2 when it cannot judge', async () => {
    const folder = new Folder();
    const given = ['check', '--keys', folder.keys, '--at'];
    const [admitted, refused, not] = await Promise.all([
      spawned([...given, at], good.scanned),
      spawned([...given, String(Number(at) + 3600)], good.scanned),
      spawned([...given, at], ''),
    ]);
    folder.remove();
    assert.equal(admitted?.exitCode, 0, admitted?.complained);
    assert.equal(refused?.exitCode, 1, refused?.complained);
    assert.deepEqual(not, {
      exitCode: 2,
      said: '',
      complained: 'Standard input is empty. Give the text of a code, or a picture of its QR.\n',
    });
  });
});

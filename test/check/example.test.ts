import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Pack } from '../../widget/protocol/messages/holder.ts';
import { reasonCodes } from '../../widget/check.ts';
import { ask, Holder, noon, origin, someGuest, startIssuer } from '../issuer/running-issuer.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(`${root}widget/docs/verifier.md`, 'utf8');
const example = /```ts\n([^]*?)```/.exec(page)?.[1] ?? '';

type OpenGate = (
  issuer: string,
  fetched: { keySet: unknown; denylist: string; manifest: string },
  at: number,
) => Promise<(scanned: string, now: number) => Promise<string>>;

describe('the example of widget/docs/verifier.md', () => {
  let folder: string;
  let file: string;
  before(() => {
    // Inside the project, so that its libraries are found.
    folder = mkdtempSync(join(root, 'test/check/example-'));
    file = join(folder, 'example.ts');
    const check = pathToFileURL(`${root}widget/check.ts`).href;
    writeFileSync(file, example.replace("'boarding-id/check'", `'${check}'`));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('opens a gate that works on what it fetched before: once, and then says why not (B2)', async () => {
    const { openGate } = (await import(pathToFileURL(file).href)) as { openGate: OpenGate };
    const running = await startIssuer();
    const configuration = await running.server.gateApp.request('/configuration.json');
    const { credential } = (await configuration.json()) as { credential: string };
    const headers = { Authorization: `Bearer ${credential}` };
    const get = async <Body>(path: string) =>
      (await ask<Body>(running, 'GET', path, { headers })).body;
    const holder = await Holder.create(running);
    const identity = await someGuest(running);
    const ticket = { identity, kind: 'single', train: 'G901' };
    await ask(running, 'POST', '/mock/tickets', { body: ticket });
    const grant = (await holder.obtain({ identity })).body.grant.token;
    const { codes } = (await holder.call<Pack>('POST', '/v1/codes', { body: {}, grant })).body;
    const at = noon / 1000;
    const { denylist } = await get<{ denylist: string }>('/v1/denylist');
    const { manifest } = await get<{ manifest: string }>('/v1/manifests/beijing-south/2027-03-01');
    const judge = await openGate(
      origin,
      { keySet: await get('/.well-known/jwks.json'), denylist, manifest },
      at,
    );
    await running.close();
    assert.equal(await judge(codes[0]!, at), 'open');
    assert.equal(await judge(codes[0]!, at + 4), reasonCodes['already-used']);
    assert.equal(await judge(codes[1]!, at + 60), reasonCodes['already-entered']);
    assert.equal(await judge('', at), reasonCodes.malformed);
  });

  it('compiles, strictly, and with no type of the DOM’s pages or of Node', () => {
    const tsc = createRequire(import.meta.url)
      .resolve('typescript/package.json')
      .replace('package.json', 'bin/tsc');
    const typed = join(folder, 'typed.ts');
    writeFileSync(typed, example.replace("'boarding-id/check'", "'../../../widget/check.ts'"));
    const options =
      '--ignoreConfig --noEmit --strict --target es2022 --module esnext --moduleResolution bundler --allowImportingTsExtensions --skipLibCheck --lib es2023,webworker --types';
    execFileSync(process.execPath, [tsc, typed, ...options.split(' '), ''], { stdio: 'pipe' });
  });

  it('and its page names each reason with its two characters', () => {
    for (const [reason, code] of Object.entries(reasonCodes)) {
      assert.match(page, new RegExp(`\\| \`${reason}\`\\s+\\| ${code} `));
    }
  });
});

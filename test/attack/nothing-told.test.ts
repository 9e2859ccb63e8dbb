import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { it } from 'node:test';
import type { Pack, TypedIdentity } from '../../widget/protocol/messages/holder.ts';
import { problemCodes, type ProblemCode } from '../../widget/protocol/problems.ts';
import { people } from '../../mock-server/testbed/people.ts';
import {
  ask,
  Holder,
  minutes,
  passLiveness,
  signIn,
  someGuest,
  startIssuer,
  type Answer,
  type RunningIssuer,
} from '../issuer/running-issuer.ts';
import { through } from './through.ts';

/** What is secret, by what it is, as it comes up. */
type Secrets = Map<string, string>;

function note(secrets: Secrets, what: string, value: string): void {
  // A number in parts, too.
  const parts = /^\d{17}/.test(value) ? [value, value.slice(6, 14), value.slice(-8)] : [value];
  for (const part of parts) secrets.set(part, what);
}

/** The first secret that a text tells. */
const told = (text: string, secrets: Secrets): string | undefined => {
  const [found] = [...secrets].filter(([value]) => text.includes(value));
  return (
    found && `${found[1]}: …${text.slice(Math.max(0, text.indexOf(found[0]) - 80)).slice(0, 160)}…`
  );
};

interface Scene {
  running: RunningIssuer;
  holder: Holder;
  secrets: Secrets;
  identity: TypedIdentity;
}

const person = (id: string): TypedIdentity => {
  const { name, number } = people.find((each) => each.id === id)!.identity;
  return { name, number, documentType: 'resident-id' };
};

/** How each problem comes about; `proof-still-valid` is only ever a reason in the records. */
const problems: Record<
  Exclude<ProblemCode, 'proof-still-valid'>,
  (scene: Scene) => Promise<Answer>
> = {
  'invalid-request': ({ holder, identity }) =>
    holder.call('POST', '/v1/applications', { body: { identity, consent: 'yes', place: '' } }),
  'unsupported-document': ({ holder, identity }) =>
    holder.apply({ identity: { ...identity, documentType: 'passport' } }),
  'invalid-id-number': ({ holder, identity }) =>
    holder.apply({ identity: { ...identity, number: `1${identity.number}` } }),
  'first-generation-id-number': ({ holder, identity }) =>
    holder.apply({ identity: { ...identity, number: '110999900307021' } }),
  'invalid-name': ({ holder, identity }) =>
    holder.apply({ identity: { ...identity, name: `${identity.name}?` } }),
  'consent-required': ({ holder, identity }) =>
    holder.call('POST', '/v1/views', { body: { identity, consent: false } }),
  'location-required': ({ holder, identity }) =>
    holder.call('POST', '/v1/applications', { body: { identity, consent: true, place: 'x' } }),
  'quota-exhausted': async ({ running, holder }) =>
    holder.obtain({ session: await signIn(running, 'no-application-left') }),
  'liveness-failed': ({ holder }) => holder.obtain({ identity: person('liveness-fails') }),
  'liveness-expired': async ({ running, holder, identity }) => {
    const required = await holder.apply({ identity });
    const assertion = await passLiveness(running, required);
    running.time += minutes(2);
    return holder.complete(required, assertion);
  },
  'liveness-mismatch': async ({ running, holder, identity }) => {
    const assertion = await passLiveness(running, await holder.view({ identity }));
    return holder.complete(await holder.apply({ identity }), assertion);
  },
  'review-pending': async ({ running, holder, identity }) => {
    await ask(running, 'POST', '/mock/review', { body: { late: true } });
    return holder.obtain({ identity });
  },
  'review-refused': async ({ running, holder, identity }) => {
    await holder.obtain({ identity });
    await ask(running, 'POST', '/mock/review/decisions', { body: { approve: false } });
    await ask(running, 'POST', '/mock/review', { body: { late: false } });
    return holder.complete(await holder.view({ identity }));
  },
  'no-valid-proof': async ({ holder, identity }) =>
    holder.complete(await holder.view({ identity })),
  'verification-required': ({ holder }) =>
    holder.call('POST', '/v1/codes', { body: {}, grant: 'none' }),
  'session-required': ({ holder }) => holder.call('GET', '/v1/me'),
  'session-expired': async ({ running, holder, secrets }) => {
    const session = await signIn(running, 'adult');
    note(secrets, 'session', session);
    running.time += minutes(15);
    return holder.call('GET', '/v1/me', { session });
  },
  'credential-required': ({ running }) => ask(running, 'GET', '/v1/denylist'),
  'invalid-dpop-proof': ({ running }) => ask(running, 'GET', '/v1/me', { headers: { DPoP: 'x' } }),
  'use-dpop-nonce': async ({ running }) => {
    const stranger = await Holder.create(
      through(running, (send) => async (url, init) => {
        const answer = await send(url, init);
        answer.headers.delete('DPoP-Nonce');
        return answer;
      }),
    );
    return stranger.call('GET', '/v1/me');
  },
  'idempotency-conflict': async ({ running, holder, identity }) => {
    await holder.apply({ identity }, 'one');
    return holder.apply({ identity: await someGuest(running) }, 'one');
  },
  'rate-limited': async ({ holder, identity }) => {
    const grant = (await holder.obtain({ identity })).body.grant.token;
    for (;;) {
      const answer = await holder.call('POST', '/v1/codes', { body: {}, grant });
      if (answer.problem !== undefined) return answer;
    }
  },
  'not-found': ({ holder }) => holder.call('GET', '/v1/applications/x'),
  unavailable: async ({ running, holder, identity }) => {
    // The errors of a store that has lost its tables: those who write an error write what it says.
    for (const table of ['applications', 'identities', 'liveness_checks']) {
      await running.store.schema.dropTable(table).execute();
    }
    await holder.apply({ identity }, 'two');
    await running.store.schema.dropTable('idempotency_keys').execute();
    await holder.apply({ identity }, 'three');
    await holder.view({ identity });
    await holder.call('GET', '/v1/records', { session: await signIn(running, 'adult') });
    return holder.apply({ identity });
  },
};

async function noteKeys(running: RunningIssuer, secrets: Secrets): Promise<void> {
  for (const [name, value] of Object.entries(running.server.issuer.secrets)) {
    note(secrets, name, value.toString('base64url'));
    note(secrets, name, value.toString('hex'));
  }
  for (const row of await running.store.selectFrom('signing_keys').selectAll().execute()) {
    note(secrets, `key ${row.kind}`, (JSON.parse(row.private_jwk) as { d: string }).d);
  }
}

it('a whole journey and every problem tell no name, number, key or token: not in a log, not in a refusal', async (test) => {
  const plain = await startIssuer();
  const secrets: Secrets = new Map();
  const answers: string[] = [];
  const running = through(plain, (send) => async (url, init) => {
    const headers = new Headers(init.headers);
    for (const name of ['DPoP', 'Boarding-Session']) {
      const value = headers.get(name);
      if (value !== null && value.length > 20) note(secrets, name, value);
    }
    const answer = await send(url, init);
    if (!url.includes('/mock/')) {
      const said = [...answer.headers].filter(([name]) => name !== 'dpop-nonce');
      answers.push(inspect([answer.status, said]) + (answer.ok ? '' : await answer.clone().text()));
    }
    return answer;
  });
  const printed: string[] = [];

  const seen = new Set<string>();
  const scene: Scene = { running, secrets, identity: undefined!, holder: undefined! };
  await noteKeys(running, secrets);
  const next = async (): Promise<void> => {
    scene.holder = await Holder.create(running);
    scene.identity = await someGuest(running);
    note(secrets, 'name', scene.identity.name);
    note(secrets, 'number', scene.identity.number);
  };
  for (const { identity } of people) {
    note(secrets, 'name', identity.name);
    note(secrets, 'number', identity.number);
  }

  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    test.mock.method(console, method, (...said: unknown[]) => printed.push(inspect(said)));
  }
  await next();
  const { holder, identity } = scene;
  const application = await holder.apply({ identity });
  const assertion = await passLiveness(running, application);
  const { body } = await holder.complete(application, assertion);
  const pack = await holder.call<Pack>('POST', '/v1/codes', {
    body: {},
    grant: body.grant.token,
  });
  note(secrets, 'assertion', assertion);
  note(secrets, 'grant', body.grant.token);
  for (const code of [...body.pack.codes, ...pack.body.codes]) note(secrets, 'code', code);
  await ask(running, 'POST', '/v1/admissions', {
    headers: {
      Authorization: `Bearer ${plain.server.issuer.secrets['gate-credential'].toString('base64url')}`,
    },
    body: { scanned: pack.body.codes[0], purpose: 'entry', station: 'beijing-south', lane: '1' },
  });
  await holder.call('DELETE', '/v1/grants');
  for (const [name, provoke] of Object.entries(problems)) {
    await next();
    const { problem } = await provoke(scene);
    seen.add(problem ?? 'none');
    assert.equal(problem, name);
  }

  assert.deepEqual(
    problemCodes.filter((code) => !seen.has(code)),
    ['proof-still-valid'],
  );
  assert.ok(plain.logged.length >= 8, 'the store’s faults were logged');
  const logged = plain.logged
    .map((each) => inspect(each, { depth: 10, showHidden: true }))
    .join('\n');
  assert.equal(told(logged, secrets), undefined);
  assert.equal(told(answers.join('\n'), secrets), undefined);
  assert.deepEqual(printed, []);
  await plain.close();
});

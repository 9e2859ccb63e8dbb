import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { run as boardingId } from '../../mock-server/command/run.ts';
import { runConformance, type Surroundings } from '../../mock-server/conformance/run.ts';
import { applications } from '../../mock-server/conformance/checks/applications.ts';
import { areas } from '../../mock-server/conformance/areas.ts';
import type { Area } from '../../mock-server/conformance/check.ts';
import { entries } from '../../mock-server/conformance/checks/entries.ts';
import { gate } from '../../mock-server/conformance/checks/gate.ts';
import { inspections } from '../../mock-server/conformance/checks/inspections.ts';
import { metadata } from '../../mock-server/conformance/checks/metadata.ts';
import { timeAtTheGate } from '../../mock-server/conformance/checks/time-at-the-gate.ts';
import { time } from '../../mock-server/conformance/checks/time.ts';
import { session } from '../../mock-server/conformance/checks/session.ts';
import { inJson, inWords } from '../../mock-server/conformance/report.ts';
import { holderCalls, keySetCall } from '../../widget/protocol/calls.ts';
import { gateCalls } from '../../widget/protocol/gate-calls.ts';
import { origin, startIssuer, type RunningIssuer } from '../issuer/running-issuer.ts';
import { between, problem, sendsBody, toPlaces, withBody, withHeaders } from './between.ts';
import { examined, everything, fewPacks, named } from './examined.ts';

/** Runs the command in this process, on our issuer unless it is given another. */
async function command(
  given: string[],
  around: Partial<Surroundings> = {},
  asked: readonly Area[] = areas,
) {
  const [said, complained]: [string[], string[]] = [[], []];
  const exitCode = await runConformance(
    given,
    {
      say: (text) => said.push(text),
      complain: (text) => complained.push(text),
      send: () => Promise.reject(new TypeError('no network')),
      wait: async () => undefined,
      catchInterruption: () => new AbortController().signal,
      gateCredential: undefined,
      crewCredential: undefined,
      ...around,
    },
    asked,
  );
  return { exitCode, said: said.join('\n'), complained: complained.join('\n') };
}

async function withIssuer<Result>(
  act: (running: RunningIssuer) => Promise<Result>,
): Promise<Result> {
  const running = await startIssuer();
  try {
    return await act(running);
  } finally {
    assert.deepEqual(running.logged, []);
    await running.close();
  }
}

describe('the conformance kit', () => {
  it('asks every call, finds that our issuer keeps the whole contract, skips nothing, and sees all problems but one', async () => {
    const asked = new Set<string>();
    const watched = between(async ({ call, forward }) => {
      asked.add(call);
      return forward();
    });
    const examination = await examined(watched);
    assert.deepEqual(named(examination, 'failed', 'not-reached', 'skipped'), []);
    const all = areas.flatMap(({ checks }) => checks);
    assert.equal(named(examination, 'passed').length, all.length);
    assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
    const calls = [...Object.values(holderCalls), keySetCall, ...Object.values(gateCalls)];
    const neverAsked = calls.filter(({ method, path }) => {
      const pattern = new RegExp(`^${method} ${path.replaceAll(/:\w+/g, '[^/]+')}$`);
      return ![...asked].some((call) => pattern.test(call));
    });
    assert.deepEqual(neverAsked, []);
    const { problems } = JSON.parse(inJson(examination)) as { problems: { notSeen: object } };
    // Whether a request is caught while the first of its key is under way is a matter of chance.
    const never = Object.keys(problems.notSeen).filter((code) => code !== 'unavailable');
    assert.deepEqual(never, ['proof-still-valid']);
  });

  it('keeps our issuer’s contract in the last minutes of a year, too', async () => {
    const late = fewPacks((running) => {
      running.time = Date.parse('2027-12-31T23:50:00+08:00');
      return {};
    });
    const examination = await examined(late);
    assert.deepEqual(named(examination, 'failed', 'not-reached'), []);
  });

  it('skips what is not offered, with the reason, and holds it against nobody', async () => {
    const bare = { controls: undefined, alone: false, station: undefined };
    const withoutControls = sendsBody(
      (call) => call === 'GET /.well-known/boarding-id',
      (body) => ({ ...body, mockSignIn: undefined }),
    );
    const examination = await examined(
      (running) => ({
        ...withoutControls(running),
        ...bare,
        gateCredential: undefined,
        crewCredential: undefined,
      }),
      [session, gate, entries, inspections, time],
    );
    assert.deepEqual(named(examination, 'passed'), ['session-needed', 'gate-credential']);
    assert.deepEqual(named(examination, 'failed', 'not-reached'), []);
    const reasons = new Map(
      examination.results.map(({ check, outcome }) => [
        check.name,
        outcome.status === 'skipped' ? outcome.reason : '',
      ]),
    );
    assert.match(reasons.get('me-masked')!, /^needs test controls: mockSignIn .* --controls URL/);
    assert.match(reasons.get('second-entry')!, /^needs the credential of a gate/);
    assert.match(reasons.get('denylist-signed')!, /^needs the credential of a gate/);
    assert.match(reasons.get('inspection')!, /^needs the credential of a crew/);
    assert.match(reasons.get('manifest')!, /^needs --station ID/);
    assert.match(reasons.get('grant-ends')!, /^needs --alone/);
  });

  it('says at the end what was not run, and takes it for nothing', async () => {
    const withoutOffice = between(async ({ call, forward }) => {
      const response = await forward();
      return call === 'GET /mock/trains' ? new Response('', { status: 404 }) : response;
    });
    const examination = await examined(
      (running) => ({ ...withoutOffice(running), alone: false }),
      [entries, timeAtTheGate],
    );
    const all = [entries, timeAtTheGate].flatMap(({ checks }) => checks);
    assert.equal(named(examination, 'skipped').length, all.length);
    assert.match(
      inWords(examination),
      new RegExp(
        [
          `\nNot run: ${all.length} checks, so that nothing is known of what they ask`,
          '  needs a ticket office among the test controls \\(trains and tickets\\): manifest-has-the-ticket, .*second-entry, .*',
          '  needs --alone: .*: code-ends, .*',
          '\n0 passed, 0 failed, 0 not reached, \\d+ skipped$',
        ].join('\n'),
      ),
    );
  });

  it('says where it could not get to, and does not take that for conformance', async () => {
    const breaking = between(async ({ call, forward }) => {
      const response = await forward();
      return call === toPlaces ? problem(response, 503, 'unavailable') : response;
    });
    const examination = await examined(breaking, [applications]);
    assert.ok(named(examination, 'not-reached').includes('application-issued'));
    assert.match(
      inWords(examination),
      /\? application-issued: not reached, POST \/v1\/places answered 503 unavailable\./,
    );
  });

  it('waits when it is told to, and asks again', async () => {
    const waited: number[] = [];
    const examination = await examined(
      (running) => {
        let busy = 1;
        const { send } = between(async ({ call, forward }) => {
          const response = await forward();
          if (call !== toPlaces || busy-- <= 0) return response;
          return withHeaders(problem(response, 429, 'rate-limited'), { 'Retry-After': '3' });
        })(running);
        return { send, wait: async (milliseconds) => void waited.push(milliseconds) };
      },
      [{ title: applications.title, checks: applications.checks.slice(0, 3) }],
    );
    assert.deepEqual(waited, [3000]);
    assert.deepEqual(named(examination, 'failed', 'not-reached'), []);
  });

  it('comes to an end with whatever an issuer answers', async () => {
    for (const nonsense of ['null', '[]', '{"liveness":1}', '', '{"provider":"::"}']) {
      const breaking = between(async ({ call, forward }) => {
        const response = await forward();
        const isKept = call === 'GET /.well-known/boarding-id' || call.startsWith('GET /mock');
        return isKept ? response : new Response(nonsense, { status: 200 });
      });
      const examination = await examined(fewPacks(breaking));
      assert.ok(named(examination, 'failed').includes('place'));
      assert.ok(named(examination, 'not-reached').includes('application-issued'));
    }
    const nowhere = sendsBody(
      (call) => call === 'POST /v1/applications',
      ({ liveness, ...body }) => ({ ...body, liveness: { ...liveness, provider: '::' } }),
    );
    const examination = await examined(nowhere, [applications]);
    assert.match(inWords(examination), /POST the liveness provider was not answered/);
  });

  it('says so when the clock does not let itself be set back, and ends with 1', async () => {
    const stuck = between(async ({ call, body, forward }) =>
      call === 'POST /mock/clock' && body['advanceSeconds'] === null
        ? new Response('{}', { status: 500 })
        : forward(),
    );
    await withIssuer(async (running) => {
      const around = { ...everything(running), ...fewPacks(stuck)(running) };
      const given = [origin, '--controls', `${origin}/mock`, '--alone'];
      const { exitCode, said } = await command(given, around);
      assert.match(said, /0 failed, 0 not reached/);
      assert.match(said, /clock was moved and could not be set back: POST clock/);
      assert.equal(exitCode, 1);
    });
  });

  it('sets the clock back to where it was', () =>
    withIssuer(async (running) => {
      const offset = async () => {
        const answer = await running.server.app.request(`${origin}/mock/clock`);
        return ((await answer.json()) as { offsetMs: number }).offsetMs;
      };
      const advance = (advanceSeconds: number) =>
        running.server.app.request(`${origin}/mock/clock`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ advanceSeconds }),
        });
      await advance(3600);
      const around = { ...everything(running), ...fewPacks(() => ({}))(running) };
      const { said } = await command([origin, '--controls', `${origin}/mock`, '--alone'], around, [
        time,
      ]);
      assert.match(said, /✔ grant-ends/);
      assert.equal(await offset(), 3_600_000);
    }));

  it('leaves the clock alone unless nobody else uses the issuer', () =>
    withIssuer(async (running) => {
      const asked: string[] = [];
      const watched = between(async ({ call, forward }) => {
        asked.push(call);
        return forward();
      });
      const { send } = fewPacks(watched)(running);
      await command([origin, '--controls', `${origin}/mock`], send ? { send } : {}, [
        session,
        time,
        timeAtTheGate,
      ]);
      assert.ok(asked.includes('GET /mock/people'));
      assert.deepEqual(
        asked.filter((call) => /mock\/(clock|review)/.test(call)),
        [],
      );
    }));
});

describe('the report', () => {
  it('has one line a check, and what to do about one that failed', async () => {
    const secret = sendsBody(
      (call) => call === 'GET /.well-known/jwks.json',
      ({ keys = [] }) => ({ keys: keys.map((key) => ({ ...key, d: 'AA' })) }),
    );
    const words = inWords(await examined(secret, [metadata]));
    assert.match(
      words,
      new RegExp(
        [
          '  ✘ keys-public-only: No published key .*',
          '      expected  public members only',
          '      came      the member d',
          '      contract  RFC 7517, .*',
          '      next      Take the key out of service at once.*',
          '  ✔ keys-of-one-kind: .*',
        ].join('\n'),
      ),
    );
    assert.match(words, /\n6 passed, 1 failed, 0 not reached, 0 skipped$/);
  });

  it('says the same in JSON', async () => {
    const report = JSON.parse(inJson(await examined(undefined, [metadata]))) as {
      checks: Record<string, unknown>[];
    };
    const { checks, ...rest } = report;
    assert.deepEqual(Object.keys(checks[0]!), [
      'area',
      'name',
      'contract',
      'holds',
      'mend',
      'status',
    ]);
    assert.deepEqual(
      { ...rest, problems: undefined },
      {
        issuer: origin,
        passed: 7,
        failed: 0,
        notReached: 0,
        skipped: 0,
        clockRestored: true,
        interrupted: false,
        problems: undefined,
      },
    );
  });

  it('says no token, no name and no number, whatever the issuer answers', async () => {
    const leaking = between(async ({ call, body, forward }) => {
      const response = await forward();
      if (!call.startsWith('POST /v1/')) return response;
      return withBody(response, (answer) => ({ type: 'x', ...body, ...answer, status: 500 }));
    });
    const examination = await examined(fewPacks(leaking));
    assert.ok(named(examination, 'failed').includes('identity-never-in-full'));
    for (const report of [inWords(examination), inJson(examination)]) {
      assert.doesNotMatch(report, /eyJ|\d{15}|郑/);
    }
  });

  it('lets nothing that an issuer writes reach the terminal’s controls', async () => {
    const painted = between(async ({ forward }) => {
      const response = await forward();
      return withBody(response, (body) => ({ ...body, issuer: '\u001B[31mred\u202E' }));
    });
    const words = inWords(await examined(painted, [metadata]));
    assert.match(words, /came {6}issuer {2}\[31mred/);
    assert.ok(!words.includes('\u001B') && !words.includes('\u202E'));
  });
});

describe('the command', () => {
  it('ends with 0 when nothing failed, in words and in one line of JSON', () =>
    withIssuer(async (running) => {
      const around = { ...everything(running), ...fewPacks(() => ({}))(running) };
      assert.equal((await command([origin], around, [metadata])).exitCode, 0);
      const { exitCode, said } = await command([origin, '--json'], around);
      assert.equal(exitCode, 0);
      assert.equal(said.split('\n').length, 1);
      assert.equal((JSON.parse(said) as { failed: number }).failed, 0);
    }));

  it('ends with 1 when something failed, or was not reached', async () => {
    for (const answer of ['{}', 'no JSON']) {
      const send = async () => new Response(answer, { status: 200 });
      const { exitCode, said } = await command(['https://other.example/'], { send });
      assert.match(said, /✘ metadata: /);
      assert.equal(exitCode, 1);
    }
  });

  it('says first of what is no issuer that it does not look like one, and of what may be one nothing', async () => {
    const complaintOf = async (answer: string) => {
      const send = async () => new Response(answer, { status: 200 });
      const given = ['https://other.example/', '--json'];
      const { exitCode, said, complained } = await command(given, { send }, [metadata]);
      assert.equal((JSON.parse(said) as { issuer: string }).issuer, 'https://other.example');
      assert.equal(exitCode, 1);
      return complained;
    };
    for (const answer of ['<!doctype html>', '', 'null', '[]', '"text"']) {
      assert.equal(
        await complaintOf(answer),
        'https://other.example does not look like an issuer: GET /.well-known/boarding-id answered 200 without a JSON object. Check the address.',
      );
    }
    assert.equal(await complaintOf('{}'), '');
  });

  it('ends with 2 and a sentence that says what to do when nobody can be asked', async () => {
    const sentences: [given: string[], sentence: RegExp][] = [
      [[], /^Which issuer\? Give its address\. Try: boarding-id conformance --help$/],
      [['issuer.example'], /^The issuer is an address, such as https:/],
      [[origin, origin], /^Give one issuer at a time/],
      [[origin, '--colour'], /--colour.*Try: boarding-id conformance --help$/],
      [[origin, '--controls', 'mock'], /^--controls is an address/],
      [[origin], /^Nothing answers at https:\/\/issuer\.example; check the address/],
    ];
    for (const [given, sentence] of sentences) {
      const { exitCode, said, complained } = await command(given);
      assert.match(complained, sentence);
      assert.deepEqual({ exitCode, said }, { exitCode: 2, said: '' });
    }
  });

  it('stands beside the check of a gate', async () => {
    const [said, complained]: [string[], string[]] = [[], []];
    const either = (...given: string[]) =>
      boardingId(given, {
        stdin: Object.assign((async function* () {})(), { isTTY: true }),
        say: (text) => said.push(text),
        complain: (text) => complained.push(text),
        send: () => Promise.reject(new TypeError('no network')),
        wait: async () => undefined,
        catchInterruption: () => new AbortController().signal,
        credential: undefined,
        crewCredential: undefined,
        now: () => 0,
      });
    const codes = [
      await either('--help'),
      await either('conformance', '--help'),
      await either('check', '--help'),
      await either('conformance'),
      await either('mint'),
    ];
    assert.deepEqual(codes, [0, 0, 0, 2, 2]);
    assert.match(said[0]!, /^boarding-id check …[^]*\nboarding-id conformance …/);
    assert.match(said[1]!, /^boarding-id conformance ISSUER/);
    assert.match(said[2]!, /^boarding-id check \[FILE/);
    assert.match(complained[0]!, /^Which issuer\?/);
    assert.match(complained[1]!, /^There is no command mint\. Try: boarding-id --help$/);
  });

  it('answers a question for help', async () => {
    const { exitCode, said } = await command(['--help']);
    assert.match(said, /^boarding-id conformance ISSUER/);
    assert.equal(exitCode, 0);
  });
});

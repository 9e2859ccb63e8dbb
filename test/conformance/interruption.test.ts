import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { everyAnswer } from '../../mock-server/conformance/checks/every-answer.ts';
import { time } from '../../mock-server/conformance/checks/time.ts';
import { runConformance } from '../../mock-server/conformance/run.ts';
import { origin, startIssuer } from '../issuer/running-issuer.ts';
import { between, problem, toPlaces, withHeaders, type Passing } from './between.ts';
import { everything, fewPacks } from './examined.ts';

/** Runs the command until a request is the one to be interrupted at, which is answered all the same. */
async function interruptedAt(
  isThere: (passing: Passing) => boolean,
  given: string[] = ['--alone'],
  answered = (response: Response): Response | Promise<Response> => response,
  afterwards = answered,
) {
  const running = await startIssuer();
  const [said, complained]: [string[], string[]] = [[], []];
  const controller = new AbortController();
  const asked: string[] = [];
  const { send } = between(async (passing) => {
    asked.push(passing.call);
    const response = await passing.forward();
    if (controller.signal.aborted) return afterwards(response);
    if (!isThere(passing)) return response;
    controller.abort();
    asked.length = 0;
    return answered(response);
  })(running);
  try {
    const around = { ...everything(running), ...fewPacks(() => ({ send }))(running) };
    const exitCode = await runConformance(
      [origin, '--controls', `${origin}/mock`, '--json', ...given],
      {
        say: (text) => said.push(text),
        complain: (text) => complained.push(text),
        send: around.send,
        wait: async (_, signal) => signal?.throwIfAborted(),
        catchInterruption: () => controller.signal,
        gateCredential: around.gateCredential,
        crewCredential: around.crewCredential,
      },
      [time, everyAnswer],
    );
    const clock = await running.server.app.request(`${origin}/mock/clock`);
    const { offsetMs } = (await clock.json()) as { offsetMs: number };
    const report = JSON.parse(said.join('')) as {
      interrupted: boolean;
      clockRestored: boolean;
      passed: number;
      checks: { status: string; reason?: string }[];
    };
    return { exitCode, asked, complained, offsetMs, report };
  } finally {
    await running.close();
  }
}

const isMoved = ({ call, body }: Passing): boolean =>
  call === 'POST /mock/clock' && typeof body['advanceSeconds'] === 'number';

describe('a run that is interrupted', () => {
  it('sets the issuer’s clock back, says so, asks nothing more, and ends with 1', async () => {
    const { exitCode, asked, complained, offsetMs, report } = await interruptedAt(isMoved);
    assert.equal(offsetMs, 0);
    assert.deepEqual(asked, ['POST /mock/clock']);
    assert.deepEqual(complained, [
      'Interrupted: the request under way is waited for. Once more ends it at once.',
      'The issuer’s clock stands as it did before.',
    ]);
    assert.equal(exitCode, 1);
    assert.deepEqual([report.interrupted, report.clockRestored], [true, true]);
  });

  it('reports what it has seen, and what it has not asked as not reached', async () => {
    let moves = 0;
    const { report } = await interruptedAt((passing) => isMoved(passing) && ++moves === 3);
    const last = report.checks.at(-1)!;
    assert.equal(report.passed, 2);
    assert.deepEqual([last.status, last.reason], ['not-reached', 'the run was interrupted']);
  });

  it('makes no review late any more', async () => {
    const { asked } = await interruptedAt(
      ({ call, body }) => call === 'POST /mock/review' && body['late'] === true,
    );
    assert.deepEqual(asked, ['POST /mock/review', 'POST /mock/clock']);
  });

  it('does not wait for what it was waiting for', async () => {
    const { exitCode, asked } = await interruptedAt(
      ({ call }) => call === toPlaces,
      [],
      (response) => withHeaders(problem(response, 429, 'rate-limited'), { 'Retry-After': '60' }),
    );
    assert.deepEqual([exitCode, asked], [1, []]);
  });

  it('leaves a clock alone that it was not to move', async () => {
    const { asked, complained } = await interruptedAt(({ call }) => call === toPlaces, []);
    assert.deepEqual(asked, []);
    assert.equal(complained.length, 1);
  });

  it('says where the clock could not be set back', async () => {
    const { exitCode, complained, report } = await interruptedAt(
      isMoved,
      ['--alone'],
      (response) => response,
      (response) => problem(response, 503, 'unavailable'),
    );
    assert.match(complained[1]!, /could not be set back: POST clock \{"advanceSeconds": null\}/);
    assert.deepEqual([exitCode, report.clockRestored], [1, false]);
  });
});

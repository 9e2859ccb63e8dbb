import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { operatorApp } from '../../mock-server/operation/operator-app.ts';
import { ask, Holder, passLiveness, someGuest } from '../issuer/running-issuer.ts';
import { startWatched, type WatchedIssuer } from './watched-issuer.ts';

let running: WatchedIssuer;
beforeEach(async () => {
  running = await startWatched();
});
afterEach(() => running.close());

describe('the metrics', () => {
  it('count requests by route, method and status, and refusals by problem', async () => {
    await ask(running, 'GET', '/v1/applications/one');
    await ask(running, 'GET', '/v1/applications/two');
    const labels = 'method="GET",route="/v1/applications/:id"';
    assert.equal(await running.count(`boarding_id_requests_total{${labels},status="401"}`), 2);
    assert.equal(await running.count(`boarding_id_request_seconds_count{${labels}}`), 2);
    assert.equal(
      await running.count('boarding_id_refusals_total{problem="invalid-dpop-proof"}'),
      2,
    );
  });

  it('count a proof once, however often its answer is asked for, and by review too', async () => {
    const holder = await Holder.create(running);
    const identity = await someGuest(running);
    const application = await holder.apply({ identity });
    const assertion = await passLiveness(running, application);
    await holder.complete(application, assertion);
    await holder.complete(application, assertion);
    await holder.complete(await holder.view({ identity }));
    await holder.obtain({ identity });
    assert.equal(await running.count('boarding_id_proofs_issued_total'), 1);

    await ask(running, 'POST', '/mock/review', { body: { late: true } });
    await holder.obtain({ identity: await someGuest(running) });
    assert.equal(await running.count('boarding_id_proofs_issued_total'), 1);
    await ask(running, 'POST', '/mock/review/decisions', { body: { approve: true } });
    assert.equal(await running.count('boarding_id_proofs_issued_total'), 2);
  });

  it('count what the store refuses', async () => {
    await running.store.schema.dropTable('seen_dpop_proofs').execute();
    const holder = await Holder.create(running);
    await holder.call('GET', '/v1/me', { session: 'x' });
    assert.equal(await running.count('boarding_id_store_errors_total'), 1);
  });

  it('are told at the operator’s address alone, to no page, with the lag of the event loop', async () => {
    const operator = operatorApp(running.metrics, running.server.ready);
    const headers = { Origin: 'https://page.example' };
    const answer = await operator.request('/metrics', { headers });
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('Content-Type') ?? '', /^text\/plain; version=0\.0\.4/);
    assert.match(await answer.text(), /^nodejs_eventloop_lag_seconds /m);
    for (const name of answer.headers.keys()) assert.doesNotMatch(name, /^access-control/);
    assert.equal((await ask(running, 'GET', '/metrics')).status, 404);
  });
});

describe('health', () => {
  const both = async (path: string) => {
    const answer = await ask<{ status: string }>(running, 'GET', path);
    return [answer.status, answer.body.status];
  };

  it('is alive while the process is, and ready while the store answers', async () => {
    assert.deepEqual(await both('/healthz'), [200, 'alive']);
    assert.deepEqual(await both('/readyz'), [200, 'ready']);
    await running.store.destroy();
    assert.deepEqual(await both('/healthz'), [200, 'alive']);
    assert.deepEqual(await both('/readyz'), [503, 'store']);
  });

  it('is not ready without a key to sign with', async () => {
    running.time += 60_000;
    await running.store.deleteFrom('signing_keys').execute();
    assert.deepEqual(await both('/readyz'), [503, 'keys']);
  });

  it('is not ready while the server ends, and says so at the operator’s address', async () => {
    running.stopping = true;
    assert.deepEqual(await both('/healthz'), [200, 'alive']);
    const answer = await operatorApp(running.metrics, running.server.ready).request('/readyz');
    assert.equal(answer.status, 503);
    assert.equal(answer.headers.get('Retry-After'), '5');
    assert.deepEqual(await answer.json(), { status: 'stopping' });
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { ask, startIssuer, type RunningIssuer } from './running-issuer.ts';

let running: RunningIssuer;
before(async () => {
  running = await startIssuer();
});
after(() => running.close());

describe('the published contract', () => {
  it('is valid OpenAPI 3.1 and names every call', async () => {
    const { body } = await ask<{ paths: Record<string, object> }>(running, 'GET', '/openapi.json');
    const validator = new Validator();
    const result = await validator.validate(structuredClone(body));
    assert.deepEqual([result.valid, result.errors], [true, undefined]);
    assert.equal(validator.version, '3.1');
    const operations = Object.values(body.paths).flatMap((path) => Object.keys(path));
    assert.equal(operations.length, 16);
  });

  it('has a page that people can read', async () => {
    const { status, body } = await ask<string>(running, 'GET', '/docs');
    assert.equal(status, 200);
    assert.match(body, /\/v1\/applications\/:id\/liveness/);
    assert.doesNotMatch(body, /<script|style=/);
  });
});

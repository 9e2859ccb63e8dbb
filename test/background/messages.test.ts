import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answer, send } from '../../extension/messages.ts';
import { FakeEvent } from './fake-event.ts';

/** Pages and background of one extension, as `runtime` joins them. */
function joined() {
  const onMessage = new FakeEvent<[unknown]>();
  const runtime = {
    onMessage,
    sendMessage: async (message: unknown) => {
      if (!onMessage.hasListeners()) throw new Error('Receiving end does not exist.');
      return onMessage.fire(message);
    },
  };
  return runtime as unknown as Parameters<typeof send>[0];
}

const never = new AbortController().signal;

describe('a message', () => {
  it('is answered by whoever answers its name, with what it was given', async () => {
    const runtime = joined();
    const given: unknown[] = [];
    answer(
      runtime,
      'come-forward',
      (what) => {
        given.push(what);
        return Promise.resolve(true as const);
      },
      never,
    );
    assert.equal(await send(runtime, 'come-forward', { screen: 'code' }), true);
    assert.deepEqual(given, [{ screen: 'code' }]);
  });

  it('of another name is left to others', async () => {
    const runtime = joined();
    answer(runtime, 'is-code-open', () => Promise.resolve(true as const), never);
    assert.equal(await send(runtime, 'come-forward', { screen: undefined }), undefined);
  });

  it('is left to another surface by one that has no answer', async () => {
    const runtime = joined();
    answer(runtime, 'is-code-open', () => undefined, never);
    assert.equal(await send(runtime, 'is-code-open', undefined), undefined);
    answer(runtime, 'is-code-open', () => Promise.resolve(true as const), never);
    assert.equal(await send(runtime, 'is-code-open', undefined), true);
  });

  it('has no answer where no page is open, which is no error', async () => {
    assert.equal(await send(joined(), 'is-code-open', undefined), undefined);
  });

  it('is answered no more once the signal aborts', async () => {
    const runtime = joined();
    const controller = new AbortController();
    answer(runtime, 'is-code-open', () => Promise.resolve(true as const), controller.signal);
    controller.abort();
    assert.equal(await send(runtime, 'is-code-open', undefined), undefined);
  });

  it('that is none of ours is not answered', async () => {
    const runtime = joined();
    answer(runtime, 'is-code-open', () => Promise.resolve(true as const), never);
    for (const nonsense of [undefined, null, 'is-code-open', 7, {}, { name: 'toString' }])
      assert.equal(await runtime.sendMessage(nonsense), undefined);
  });
});

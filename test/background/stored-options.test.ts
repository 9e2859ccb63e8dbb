import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  defaultOptions,
  storedOptions,
  understandOptions,
  type Options,
} from '../../extension/stored-options.ts';
import { storedTimes } from '../../extension/stored-times.ts';
import { FakeStorage } from './fake-storage.ts';
import { someProof } from './some-proof.ts';

const first = {
  version: 1,
  issuer: 'https://issuer.example',
  language: 'en',
  reminders: true,
};

describe('the stored options', () => {
  it('are the defaults where nothing is stored: no reminder, nobody signed in', async () => {
    const options = await storedOptions(new FakeStorage().area).read();
    assert.deepEqual(options, defaultOptions);
    assert.deepEqual(options.reminders, { renewal: false, end: false, verification: false });
    assert.equal(options.signedIn, undefined);
  });

  it('come back as they were written, and are the defaults again when cleared', async () => {
    const options = storedOptions(new FakeStorage().area);
    const set: Options = {
      ...defaultOptions,
      theme: 'dark',
      signedIn: { user: 'reference', at: 'https://issuer.example' },
    };
    await options.write(set);
    assert.deepEqual(await options.read(), set);
    await options.clear();
    assert.deepEqual(await options.read(), defaultOptions);
  });

  for (const reminders of [true, false]) {
    it(`of version 1, with all reminders ${reminders ? 'on' : 'off'}, are carried over`, () => {
      assert.deepEqual(understandOptions({ ...first, reminders }), {
        ...defaultOptions,
        issuer: 'https://issuer.example',
        language: 'en',
        reminders: { renewal: reminders, end: reminders, verification: reminders },
      });
    });
  }

  it('of version 1 are read after an update, and stay until something is set', async () => {
    const storage = new FakeStorage();
    storage.entries['options'] = first;
    const options = storedOptions(storage.area);
    const carried = await options.read();
    assert.equal(carried.version, 2);
    assert.deepEqual(storage.entries, { options: first });
    await options.write({ ...carried, theme: 'light' });
    assert.equal((await options.read()).reminders.end, true);
    assert.deepEqual(storage.entries['options'], { ...carried, theme: 'light' });
  });

  it('that nobody can have written are the defaults, whatever they are', () => {
    for (const nonsense of [
      undefined,
      null,
      7,
      'options',
      [],
      {},
      { version: 3 },
      { ...first, reminders: 'yes' },
      { ...first, language: 'fr' },
      { ...defaultOptions, version: 1 },
      { ...defaultOptions, theme: 'blue' },
      { ...defaultOptions, reminders: { renewal: true } },
      { ...defaultOptions, signedIn: {} },
    ]) {
      assert.deepEqual(understandOptions(nonsense), defaultOptions, JSON.stringify(nonsense));
    }
  });

  it('tell of each change of theirs and of no other, until the signal aborts', async () => {
    const { area } = new FakeStorage();
    const options = storedOptions(area);
    const heard: Options[] = [];
    const controller = new AbortController();
    options.watch((changed) => heard.push(changed), controller.signal);
    await area.set({ times: someProof });
    await options.write({ ...defaultOptions, theme: 'dark' });
    await options.clear();
    controller.abort();
    await options.write(defaultOptions);
    assert.deepEqual(
      heard.map(({ theme }) => theme),
      ['dark', 'browser'],
    );
  });
});

describe('the stored times', () => {
  it('come back as they were written, with a grant or without', async () => {
    const times = storedTimes(new FakeStorage().area);
    assert.equal(await times.read(), undefined);
    const { verifyBy: _, ...ungranted } = someProof;
    for (const written of [someProof, ungranted]) {
      await times.write(written);
      assert.deepEqual(await times.read(), written);
    }
    await times.clear();
    assert.equal(await times.read(), undefined);
  });

  it('that nobody can have written are none', async () => {
    const storage = new FakeStorage();
    const { clockOffset: _, ...unclocked } = someProof;
    for (const nonsense of [7, null, {}, unclocked, { ...someProof, verifyBy: 'soon' }]) {
      storage.entries['times'] = nonsense;
      assert.equal(await storedTimes(storage.area).read(), undefined);
    }
  });
});

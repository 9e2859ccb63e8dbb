import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FlowEvent } from '../../widget/flow/events.ts';
import { obstacles, type Obstacle, type State } from '../../widget/flow/state.ts';
import { transition } from '../../widget/flow/transition.ts';
import { application, at, guest, registered } from '../elements/states.ts';
import { states, typed } from './samples.ts';

const after = (state: State, event: FlowEvent) => transition(state, event, at);
const types = ({ effects }: ReturnType<typeof transition>) => effects.map(({ type }) => type);
const onForm: State = { known: guest({ location: { status: 'asking' } }), screen: application };
const knowing = (...found: Obstacle[]) => ({ type: 'readiness-known', obstacles: found }) as const;
const named = ({ state: { screen } }: ReturnType<typeof transition>) =>
  screen.name === 'readiness' ? screen.obstacle : screen.name;

describe('readiness', () => {
  it('B4: opening the form looks at what is there', () => {
    const opened = after(states['services']!, { type: 'open', screen: 'application' });
    assert.ok(types(opened).includes('check-readiness'));
  });

  it('B4: one thing is named at a time, each in place of the form', () => {
    for (const obstacle of obstacles) {
      if (obstacle === 'clock-wrong' || obstacle === 'storage-refused') continue;
      assert.equal(named(after(onForm, knowing(obstacle))), obstacle);
    }
    assert.equal(named(after(onForm, knowing('location-blocked', 'offline'))), 'location-blocked');
    assert.equal(named(after(onForm, knowing())), 'application');
  });

  it('B3: a wrong clock stops nobody', () => {
    const known = after(onForm, knowing('clock-wrong'));
    assert.equal(named(known), 'application');
    assert.deepEqual(known.state.known.obstacles, ['clock-wrong']);
  });

  it('B5: what the page around withholds is told to the host, once', () => {
    const told = ({ effects }: ReturnType<typeof transition>) =>
      effects.flatMap((effect) =>
        effect.type === 'tell-host' && effect.event.name === 'error' ? [effect.event.code] : [],
      );
    const both = knowing('location-withheld', 'camera-withheld', 'offline');
    const first = after(onForm, both);
    assert.deepEqual(told(first), ['location-withheld', 'camera-withheld']);
    assert.deepEqual(told(after(first.state, both)), []);
    assert.deepEqual(told(after(onForm, knowing('location-blocked'))), []);
  });

  it('R18: that nothing is stored concerns a registered user alone', () => {
    assert.equal(named(after(onForm, knowing('storage-refused'))), 'application');
    const mine = { known: registered(), screen: application };
    assert.equal(named(after(mine, knowing('storage-refused'))), 'storage-refused');
  });

  it('whoever goes on in spite of it is told the next thing, then nothing more', () => {
    const first = after(onForm, knowing('location-blocked', 'camera-missing'));
    const second = after(first.state, { type: 'proceed' });
    assert.equal(named(second), 'camera-missing');
    const third = after(second.state, { type: 'proceed' });
    assert.equal(named(third), 'application');
    assert.equal(named(after(third.state, knowing('location-blocked'))), 'application');
  });

  it('nobody can go on without a secure context or a key', () => {
    for (const obstacle of ['insecure-context', 'keys-unavailable'] as const) {
      const { state } = after(onForm, knowing(obstacle));
      assert.equal(after(state, { type: 'proceed' }).state, state);
    }
  });

  it('checking again leads on when it is mended, and asks for the location that was refused', () => {
    const blocked: State = {
      known: guest({ location: { status: 'failed', reason: 'blocked' } }),
      screen: { name: 'readiness', obstacle: 'location-blocked', checking: false },
    };
    const checking = after(blocked, { type: 'retry' });
    assert.deepEqual(types(checking), ['check-readiness']);
    const mended = after(checking.state, knowing());
    assert.equal(named(mended), 'application');
    assert.ok(types(mended).includes('locate'));
    assert.equal(named(after(checking.state, knowing('location-blocked'))), 'location-blocked');
  });

  it('whoever has begun to type, has sent or was refused is not interrupted', () => {
    for (const state of [
      { ...onForm, known: guest({ draft: typed }) },
      { ...onForm, screen: { ...application, busy: 'apply' as const } },
      { ...onForm, screen: { ...application, refusal: { code: 'unavailable' as const } } },
      states['code']!,
      states['liveness-explain']!,
    ]) {
      assert.equal(named(after(state, knowing('offline'))), state.screen.name);
    }
  });
});

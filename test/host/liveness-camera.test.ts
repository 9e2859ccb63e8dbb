import axe from 'axe-core';
import { expect } from 'chai';
import type { CameraFailure } from '../../widget/host/camera.ts';
import type { Platform } from '../../widget/flow/state.ts';
import { en } from '../../widget/locales/en.ts';
import { zh } from '../../widget/locales/index.ts';
import { tokens } from '../../widget/elements/tokens.ts';
import { afterQuickly, paintedCamera, permission, Stage, transaction } from './liveness-fixture.ts';

const t = zh.livenessStub;
const passed = { status: 'passed', assertion: 'a' };
const how = (reason: CameraFailure | 'left', platform: Platform = 'desktop'): string => {
  const text = t.camera[reason].how;
  return typeof text === 'string' ? text : text[platform];
};
let stage: Stage;

/** How each failure comes about, as the browser brings it to the stub. */
const failing: Record<CameraFailure, () => Stage> = {
  denied: () => refusing('NotAllowedError', permission('prompt')),
  blocked: () => refusing('NotAllowedError', permission('denied')),
  withheld: () => {
    const kept = new Stage({ camera: { withheld: async () => true } });
    kept.devices.refuse('NotAllowedError');
    return kept;
  },
  missing: () => refusing('NotFoundError'),
  busy: () => refusing('NotReadableError'),
  dark: () => {
    const dark = new Stage();
    dark.devices.instead.push(async () => paintedCamera('#000'));
    return dark;
  },
  ended: () => new Stage(),
  'no-answer': () => {
    let patient = true;
    const silent = new Stage({
      camera: {
        // The first watchdog at once.
        after: (milliseconds, callback) => {
          if (milliseconds < 30_000 || !patient) return afterQuickly(milliseconds, callback);
          patient = false;
          queueMicrotask(callback);
          return () => undefined;
        },
      },
    });
    silent.devices.instead.push(() => new Promise(() => undefined));
    return silent;
  },
  unsupported: () => new Stage({ camera: { mediaDevices: undefined } }),
};
const failures = Object.keys(failing) as CameraFailure[];

function refusing(name: string, decided = permission('prompt')): Stage {
  const refused = new Stage({ camera: { permission: decided } });
  refused.devices.refuse(name);
  return refused;
}

async function fail(reason: CameraFailure): Promise<void> {
  stage = failing[reason]();
  stage.begin();
  stage.press(t.start);
  if (reason === 'ended') {
    await stage.shows(t.prompts.blink);
    stage.devices.end();
  }
  await stage.shows(t.camera[reason].what);
}

describe('the liveness stub on the camera’s bad day', () => {
  afterEach(() => stage.remove());

  for (const reason of failures) {
    it(`${reason}: is told with its remedy, announced, with the camera off`, async () => {
      await fail(reason);
      const status = stage.container.querySelector('[role=status]');
      expect(status?.textContent).to.equal(t.camera[reason].what + how(reason));
      expect(stage.container.querySelector('video')).to.equal(null);
      expect(stage.devices.areOff).to.equal(true);
      expect(stage.buttons).to.deep.equal(
        reason === 'unsupported'
          ? [t.continueWithoutCamera, t.cancel]
          : [t.retry, t.continueWithoutCamera, t.cancel],
      );
    });

    it(`${reason}: can be gone on from without the camera, which the provider is told`, async () => {
      await fail(reason);
      stage.replies.push(Response.json({ attemptsLeft: 1 }), Response.json({ assertion: 'a' }));
      stage.press(t.continueWithoutCamera);
      await stage.goThrough(zh);
      await stage.shows(t.attemptsLeft(1));
      // Nor does another attempt ask for it again.
      stage.press(t.retry);
      await stage.goThrough(zh);
      expect(await stage.answer).to.deep.equal(passed);
      for (const request of stage.sent) {
        expect(await request.json()).to.deep.equal({
          camera: false,
          prompts: transaction.prompts,
        });
      }
    });

    if (reason === 'unsupported') continue;
    it(`${reason}: once it is put right, trying again opens the camera and passes`, async () => {
      await fail(reason);
      stage.press(t.retry);
      stage.replies.push(Response.json({ assertion: 'a' }));
      await stage.goThrough(zh);
      expect(await stage.answer).to.deep.equal(passed);
      expect(await stage.sent[0]!.json()).to.deep.include({ camera: true });
      expect(stage.devices.areOff).to.equal(true);
    });
  }

  it('has no accessibility fault in any state, dark or light, Chinese or English', async () => {
    for (const reason of [...failures, 'left'] as const) {
      if (reason === 'left') {
        stage = new Stage();
        stage.begin();
        stage.press(t.start);
        await stage.shows(t.prompts.blink);
        stage.setHidden(true);
      } else {
        await fail(reason);
      }
      stage.host.shadowRoot!.adoptedStyleSheets.push(
        ...tokens.map(({ styleSheet }) => styleSheet!),
      );
      for (const theme of ['light', 'dark']) {
        stage.host.style.cssText = `color-scheme: ${theme}; color: var(--bid-text);
          background: var(--bid-surface)`;
        const { violations } = await axe.run(stage.host);
        expect(
          violations.map(({ id }) => id),
          `${reason}, ${theme}`,
        ).to.deep.equal([]);
      }
      stage.stub.attach(stage.container, 'en');
      await stage.shows(en.livenessStub.camera[reason].what);
      stage.remove();
    }
  });

  it('tells the way to the permission on the platform that is held, and on no other', async () => {
    for (const platform of ['android', 'ios', 'desktop'] as const) {
      stage = new Stage({ platform, camera: { permission: permission('denied') } });
      stage.devices.refuse('NotAllowedError');
      stage.begin();
      stage.press(t.start);
      await stage.shows(t.camera.blocked.what);
      for (const other of ['android', 'ios', 'desktop'] as const) {
        const isTold = stage.container.textContent.includes(how('blocked', other));
        expect(isTold, `${other} on ${platform}`).to.equal(other === platform);
      }
      if (platform !== 'desktop') stage.remove();
    }
  });

  it('names the settings when asking again was refused again', async () => {
    await fail('denied');
    stage.devices.refuse('NotAllowedError');
    stage.press(t.retry);
    await stage.shows(t.camera.blocked.what);
  });

  it('closed in the middle, it goes on at the prompt where it was', async () => {
    stage = new Stage();
    stage.begin();
    stage.press(t.start);
    await stage.shows(t.prompts.blink);
    stage.press(t.next);
    await stage.shows(t.prompts['turn-left']);
    stage.devices.end();
    await stage.shows(t.camera.ended.what);
    stage.press(t.retry);
    await stage.shows(t.prompts['turn-left']);
    expect(stage.container.querySelectorAll('canvas')).to.have.length(1);
  });

  it('gone on from in the middle without the camera, it claims no camera', async () => {
    stage = new Stage();
    stage.begin();
    stage.press(t.start);
    await stage.shows(t.prompts.blink);
    stage.press(t.next);
    stage.devices.end();
    stage.press(t.continueWithoutCamera);
    stage.replies.push(Response.json({ assertion: 'a' }));
    stage.press(t.next);
    stage.press(t.next);
    await stage.answer;
    expect(await stage.sent[0]!.json()).to.deep.include({ camera: false });
  });

  it('hidden in the middle, the camera goes off; on return one tap goes on', async () => {
    stage = new Stage();
    stage.begin();
    stage.press(t.start);
    await stage.shows(t.prompts.blink);
    stage.press(t.next);
    await stage.shows(t.prompts['turn-left']);
    stage.setHidden(true);
    expect(stage.devices.areOff).to.equal(true);
    stage.setHidden(false);
    await stage.shows(t.camera.left.what);
    expect(stage.buttons).to.deep.equal([t.start, t.continueWithoutCamera, t.cancel]);
    stage.press(t.start);
    await stage.shows(t.prompts['turn-left']);
    expect(stage.devices.opened).to.have.length(2);
    expect(stage.devices.areOff).to.equal(false);
  });

  it('a page that is left turns the camera off, seen or not', async () => {
    stage = new Stage();
    stage.begin();
    stage.press(t.start);
    await stage.shows(t.prompts.blink);
    stage.page.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(stage.devices.areOff).to.equal(true);
  });

  it('a prompt of the browser that hides the page does not end the asking', async () => {
    stage = new Stage();
    stage.begin();
    stage.press(t.start);
    stage.setHidden(true);
    stage.setHidden(false);
    await stage.shows(t.prompts.blink);
  });

  it('a camera that opens behind a hidden page does not stay on', async () => {
    stage = new Stage();
    stage.begin();
    stage.press(t.start);
    stage.setHidden(true);
    await stage.shows(t.camera.left.what);
    expect(stage.devices.opened).to.have.length(1);
    expect(stage.devices.areOff).to.equal(true);
  });

  it('without a camera, a hidden page changes nothing', async () => {
    await fail('missing');
    stage.press(t.continueWithoutCamera);
    stage.setHidden(true);
    stage.setHidden(false);
    await stage.shows(t.prompts.blink);
  });

  it('the camera is off while the attempt is judged, and on again for the next', async () => {
    stage = new Stage();
    stage.begin();
    stage.press(t.start);
    stage.replies.push(Response.json({ attemptsLeft: 2 }));
    await stage.goThrough(zh);
    expect(stage.devices.areOff).to.equal(true);
    await stage.shows(t.attemptsLeft(2));
    stage.press(t.retry);
    await stage.shows(t.prompts.blink);
    expect(stage.devices.opened).to.have.length(2);
    expect(stage.devices.areOff).to.equal(false);
  });

  it('what is announced changes in one region that stays', async () => {
    await fail('missing');
    const status = stage.container.querySelector('[role=status]');
    stage.press(t.retry);
    await stage.shows(t.prompts.blink);
    expect(stage.container.querySelector('[role=status]')).to.equal(status);
    expect(status?.textContent).to.equal(t.prompts.blink);
  });

  it('whoever works with the keyboard stays in the check', async () => {
    stage = new Stage();
    stage.devices.refuse('NotFoundError');
    stage.begin();
    stage.container.querySelector('button')!.focus();
    stage.press(t.start);
    await stage.shows(t.camera.missing.what);
    expect(stage.host.shadowRoot!.activeElement?.textContent).to.equal(t.retry);
  });
});

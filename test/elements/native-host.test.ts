import { expect } from 'chai';
import type { StoppingObstacle } from '../../widget/flow/state.ts';
import { loadDictionary, zh } from '../../widget/locales/index.ts';
import { button, clear, find, screenIn, shellAt, textOf, type TestShell } from './fixture.ts';
import { guest, states } from './states.ts';

const blockedOff = (obstacle: StoppingObstacle, opensSettings: boolean) =>
  shellAt({
    known: guest({ opensSettings }),
    screen: { name: 'readiness', obstacle, checking: false },
  });

describe('B5: in a native host', () => {
  afterEach(clear);

  for (const [obstacle, of] of [
    ['location-blocked', 'location'],
    ['camera-blocked', 'camera'],
  ] as const) {
    it(`B4: leads to the settings for ${obstacle}, where the host can open them`, async () => {
      const shell = await blockedOff(obstacle, true);
      button(screenIn(shell), zh.openSettings).click();
      expect(shell.flow.heard).to.deep.include({ type: 'open-settings', of });
      const browser = await blockedOff(obstacle, false);
      expect(textOf(screenIn(browser))).not.to.include(zh.openSettings);
    });
  }

  it('B4, R6: tells no way through a browser’s settings where a button leads to the phone’s', async () => {
    const ways = (shell: TestShell): string => textOf(screenIn(shell));
    const { allow } = zh.location.settings.android;
    expect(ways(await blockedOff('location-blocked', false))).to.include(allow);
    expect(ways(await blockedOff('location-blocked', true))).not.to.include(allow);
    const form = states['application-settings']!;
    expect(ways(await shellAt(form))).not.to.include(allow);
    const inBrowser = { ...form, known: { ...form.known, opensSettings: false } };
    expect(ways(await shellAt(inBrowser))).to.include(allow);
  });

  it('B4: leads to no settings for what they do not mend', async () => {
    const shell = await blockedOff('offline', true);
    expect(textOf(screenIn(shell))).not.to.include(zh.openSettings);
  });

  it('R6: leads to the settings beside 重新定位, and only while location has failed for them', async () => {
    const shell = await shellAt(states['application-settings']!);
    button(screenIn(shell), zh.openSettings).click();
    expect(shell.flow.heard).to.deep.include({ type: 'open-settings', of: 'location' });
    for (const location of [
      { status: 'asking' },
      { status: 'failed', reason: 'denied' },
      { status: 'failed', reason: 'unsupported' },
    ] as const) {
      const known = guest({ opensSettings: true, location });
      const other = await shellAt({ ...states['application-settings']!, known });
      expect(textOf(screenIn(other)), location.status).not.to.include(zh.openSettings);
    }
  });

  it('R13: says where the check is, when nothing is drawn on the stage', async () => {
    for (const lang of ['zh', 'en'] as const) {
      const shell = await shellAt(states['liveness-running']!, { lang });
      const stage = find(screenIn(shell), '#stage');
      const elsewhere = find(screenIn(shell), '.elsewhere');
      expect(elsewhere.checkVisibility()).to.equal(false);
      stage.replaceChildren();
      expect([stage.checkVisibility(), elsewhere.checkVisibility()]).to.deep.equal([false, true]);
      expect(elsewhere.textContent).to.equal((await loadDictionary(lang)).liveness.elsewhere);
    }
  });
});

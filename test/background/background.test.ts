import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { look } from '../../extension/background/look.ts';
import { FakeBrowser } from './fake-browser.ts';
import { at, hour, issuedAt, minute, renewFrom, someProof, validUntil } from './some-proof.ts';

const all = { renewal: true, end: true, verification: true };

let browser: FakeBrowser;

/** A proof has just been issued, notifications are allowed, and every reminder is on. */
async function remindedBrowser(): Promise<FakeBrowser> {
  const made = new FakeBrowser(at(issuedAt));
  await made.setOptions({ reminders: all });
  await made.allow();
  await made.setTimes(someProof);
  return made;
}

const namesOf = (alarms: ReadonlyMap<string, number>) => [...alarms.keys()].sort();

describe('the background of the extension', () => {
  beforeEach(async () => {
    browser = await remindedBrowser();
  });
  afterEach(() => {
    // Nothing of the background's own is stored but what it has said, and no word of anybody (B7).
    const { times: _, options: __, told = {}, ...rest } = browser.storage.entries;
    assert.deepEqual(rest, {});
    assert.ok(Object.values(told as object).every((value) => typeof value === 'number'));
  });

  describe('by itself', () => {
    it('listens in the first turn of its life, so that a killed worker misses nothing', () => {
      assert.ok(browser.listensAtOnce().every(Boolean));
    });

    it('listens all the same before notifications are allowed', () => {
      const fresh = new FakeBrowser(at(issuedAt));
      assert.deepEqual(
        fresh
          .listensAtOnce()
          .map((listens) => !listens)
          .filter(Boolean),
        [true],
        'all but for clicks on notifications, which are not there yet',
      );
    });

    it('says nothing of anything to whoever has just installed it', async () => {
      const fresh = new FakeBrowser(at(issuedAt));
      await fresh.install('install');
      assert.equal(fresh.alarms.size, 0);
      assert.deepEqual(fresh.button, { text: '', title: '临时乘车身份证明' });
      assert.deepEqual(fresh.shown, []);
    });

    it('knows of a proof as soon as a surface stores it', () => {
      assert.deepEqual(namesOf(browser.alarms), ['badge', 'end', 'renewal', 'verification']);
      assert.equal(browser.button.text, '23');
      assert.equal(browser.button.title, '临时乘车身份证明：有效期还剩 23 小时');
    });

    it('forgets a proof that is gone, with all that hung on it', async () => {
      await browser.goTo(at(renewFrom));
      assert.deepEqual([...browser.notices.keys()], ['renewal']);
      await browser.setTimes(undefined);
      assert.equal(browser.alarms.size, 0);
      assert.equal(browser.notices.size, 0);
      assert.equal(browser.button.text, '');
      assert.equal('told' in browser.storage.entries, false);
    });

    it('counts the hours down, then the minutes, then nothing', async () => {
      await browser.goTo(at(issuedAt + hour));
      assert.equal(browser.button.text, '22');
      await browser.goTo(at(validUntil - 44.5 * minute));
      assert.equal(browser.button.text, '44m');
      await browser.goTo(at(validUntil - 1));
      assert.equal(browser.button.text, '<1m');
      await browser.goTo(at(validUntil));
      assert.equal(browser.button.text, '');
      assert.equal(browser.alarms.size, 0);
    });
  });

  describe('the reminders', () => {
    it('say when renewal opens and when the proof has ended, each once and at its time', async () => {
      await browser.goTo(at(renewFrom) - 1);
      assert.deepEqual(browser.shown, []);
      await browser.goTo(at(renewFrom));
      assert.deepEqual(browser.shown, ['renewal']);
      assert.equal(browser.notices.get('renewal')?.title, '可以申请新的临时乘车身份证明了');
      await browser.goTo(at(validUntil) - 1);
      assert.deepEqual(browser.shown, ['renewal']);
      await browser.goTo(at(validUntil + hour));
      assert.deepEqual(browser.shown, ['renewal', 'end']);
      assert.deepEqual([...browser.notices.keys()], ['end'], 'the first holds no longer');
      assert.match(browser.notices.get('end')!.message, /人工通道/);
    });

    it('speak the language of the options, or the browser’s', async () => {
      browser.language = 'en-GB';
      await browser.goTo(at(renewFrom));
      assert.match(browser.notices.get('renewal')!.title, /^You can apply/);
      await browser.setOptions({ reminders: all, language: 'zh' });
      assert.match(browser.button.title, /^临时乘车身份证明：/);
      await browser.goTo(at(validUntil));
      assert.match(browser.notices.get('end')!.title, /已到期/);
    });

    it('keep to what is switched on', async () => {
      await browser.setOptions({ reminders: { ...all, renewal: false } });
      assert.deepEqual(namesOf(browser.alarms), ['badge', 'end', 'verification']);
      await browser.goTo(at(validUntil));
      assert.deepEqual(browser.shown, ['end']);
    });

    it('that are switched on when their instant has passed wait for the next one', async () => {
      await browser.setOptions({ reminders: { ...all, renewal: false } });
      await browser.goTo(at(renewFrom + hour));
      await browser.setOptions({ reminders: all });
      await browser.goTo(at(validUntil) - 1);
      assert.deepEqual(browser.shown, []);
    });

    it('are none before the browser allows them; the badge needs no leave', async () => {
      await browser.forbid();
      assert.deepEqual(namesOf(browser.alarms), ['badge']);
      await browser.goTo(at(validUntil - 2.5 * hour));
      assert.deepEqual(browser.shown, []);
      assert.equal(browser.button.text, '2');
      await browser.allow();
      assert.deepEqual(namesOf(browser.alarms), ['badge', 'end']);
    });

    it('of an old proof go when there is a new one, which has its own', async () => {
      await browser.goTo(at(renewFrom));
      await browser.setTimes({
        ...someProof,
        renewFrom: renewFrom + 21 * hour,
        validUntil: validUntil + 21 * hour,
      });
      assert.equal(browser.notices.size, 0);
      await browser.goTo(at(renewFrom + 21 * hour));
      assert.deepEqual(browser.shown, ['renewal', 'renewal']);
    });

    it('that the system refuses to show keep neither badge nor alarms from being set', async () => {
      browser.isMute = true;
      browser.now = at(renewFrom);
      browser.alarms.clear();
      await assert.rejects(look(browser.api, browser.now, ['renewal']), /Unable to show/);
      assert.deepEqual(namesOf(browser.alarms), ['badge', 'end']);
      assert.equal(browser.button.text, '2');
    });
  });

  describe('the reminder of the check', () => {
    const before = at(issuedAt + 28 * minute);

    it('comes two minutes before it, while a surface shows a code', async () => {
      browser.surface = async () => true;
      await browser.goTo(before);
      assert.deepEqual(browser.sent, [{ name: 'is-code-open', given: undefined }]);
      assert.deepEqual(browser.shown, ['verification']);
    });

    it('does not come where no surface is open or none shows a code', async () => {
      await browser.goTo(before);
      assert.equal(browser.sent.length, 1);
      assert.deepEqual(browser.shown, []);
    });

    it('is not asked about where it is switched off', async () => {
      browser.surface = async () => true;
      await browser.setOptions({ reminders: { ...all, verification: false } });
      await browser.goTo(at(issuedAt + hour));
      assert.deepEqual(browser.sent, []);
      assert.deepEqual(browser.shown, []);
    });

    it('comes again for the next check, and what stood of the last one goes', async () => {
      browser.surface = async () => true;
      await browser.goTo(before);
      await browser.setTimes({ ...someProof, verifyBy: issuedAt + 59 * minute });
      assert.equal(browser.notices.size, 0);
      await browser.goTo(at(issuedAt + 57 * minute));
      assert.deepEqual(browser.shown, ['verification', 'verification']);
    });
  });

  describe('a worker that is still alive', () => {
    beforeEach(async () => {
      browser.staysAwake = true;
      await browser.wake();
    });

    it('takes up what is switched off, forbidden and allowed', async () => {
      await browser.setOptions({ reminders: { ...all, end: false }, language: 'en' });
      assert.deepEqual(namesOf(browser.alarms), ['badge', 'renewal', 'verification']);
      assert.match(browser.button.title, /^Temporary boarding ID/);
      await browser.forbid();
      assert.deepEqual(namesOf(browser.alarms), ['badge']);
      await browser.allow();
      assert.deepEqual(namesOf(browser.alarms), ['badge', 'renewal', 'verification']);
    });

    it('takes up that the proof is another, or gone', async () => {
      await browser.setTimes({ ...someProof, validUntil: issuedAt + 2 * hour });
      assert.equal(browser.button.text, '1');
      await browser.setTimes(undefined);
      assert.equal(browser.button.text, '');
    });

    it('opens the page once for one click, however often notifications were allowed', async () => {
      await browser.allow();
      await browser.click('end');
      assert.equal(browser.tabs.length, 1);
    });
  });

  describe('a click on a notification', () => {
    for (const [reminder, instant, screen] of [
      ['renewal', renewFrom, 'application'],
      ['end', validUntil, 'application'],
      ['verification', issuedAt + 28 * minute, 'code'],
    ] as const) {
      it(`about ${reminder} opens the page at ${screen}, and takes it away`, async () => {
        browser.surface = async (message) => {
          return (message as { name: string }).name === 'is-code-open' || undefined;
        };
        await browser.goTo(at(instant));
        assert.deepEqual([...browser.notices.keys()], [reminder]);
        await browser.click(reminder);
        assert.deepEqual(browser.tabs, [`extension:/page.html?screen=${screen}`]);
        assert.equal(browser.notices.size, 0);
      });
    }

    it('brings the page forward where there is one', async () => {
      browser.surface = async () => true;
      await browser.click('renewal');
      assert.deepEqual(browser.sent, [{ name: 'come-forward', given: { screen: 'application' } }]);
      assert.deepEqual(browser.tabs, []);
    });

    it('is heard by the very worker that was alive when the traveller allowed them', async () => {
      await browser.forbid();
      await browser.allowAndClick('end');
      assert.deepEqual(browser.tabs, ['extension:/page.html?screen=application']);
    });

    it('is nothing to us where the notification is none of ours', async () => {
      await browser.click('toString');
      assert.deepEqual(browser.tabs, []);
    });
  });

  describe('after the browser was closed', () => {
    it('everything is there again', async () => {
      const before = new Map(browser.alarms);
      await browser.restartAt(at(issuedAt) + 1);
      assert.deepEqual(browser.alarms, before);
      assert.equal(browser.button.text, '23');
      assert.deepEqual(browser.shown, []);
    });

    it('a missed renewal is made up for while there is time for it, once', async () => {
      await browser.restartAt(at(renewFrom + hour));
      assert.deepEqual(browser.shown, ['renewal']);
      await browser.restartAt(at(renewFrom + 2 * hour));
      assert.deepEqual(browser.shown, ['renewal']);
    });

    it('a missed end alone is told, not the renewal before it; and days later nothing', async () => {
      await browser.restartAt(at(validUntil + hour));
      assert.deepEqual(browser.shown, ['end']);
      await browser.restartAt(at(validUntil + 2 * hour));
      const late = await remindedBrowser();
      await late.restartAt(at(validUntil + 48 * hour));
      assert.deepEqual([browser.shown, late.shown], [['end'], []]);
      assert.equal(late.button.text, '');
    });

    it('a missed check is not: no code is open', async () => {
      await browser.restartAt(at(issuedAt + 29 * minute));
      assert.deepEqual(browser.shown, []);
    });

    it('a reminder shown before is not shown again', async () => {
      await browser.goTo(at(renewFrom + minute));
      await browser.restartAt(at(renewFrom + hour));
      assert.deepEqual(browser.shown, ['renewal']);
    });
  });

  describe('after an update or being switched on again', () => {
    it('the alarms that it has cleared stand again, and what they missed is told', async () => {
      browser.alarms.clear();
      browser.now = at(renewFrom + 1);
      await browser.install('update');
      assert.deepEqual(namesOf(browser.alarms), ['badge', 'end']);
      assert.deepEqual(browser.shown, ['renewal']);
    });

    it('they stand again without any event', async () => {
      browser.alarms.clear();
      await browser.wake();
      assert.deepEqual(namesOf(browser.alarms), ['badge', 'end', 'renewal', 'verification']);
    });

    it('from the version before, with one switch for all, its choice holds', async () => {
      browser.storage.entries['options'] = {
        version: 1,
        issuer: 'https://issuer.example',
        language: 'en',
        reminders: true,
      };
      await browser.install('update');
      assert.equal(browser.button.title, 'Temporary boarding ID: hours left: 23');
      await browser.goTo(at(validUntil));
      assert.deepEqual(browser.shown, ['renewal', 'end']);
    });

    it('from a version that stored something else, nothing is reminded of and nothing breaks', async () => {
      browser.storage.entries['times'] = { validUntil: 'tomorrow' };
      browser.storage.entries['options'] = 7;
      browser.storage.entries['told'] = ['renewal'];
      await browser.install('update');
      assert.equal(browser.alarms.size, 0);
      assert.equal(browser.button.text, '');
      await browser.setTimes(someProof);
      assert.deepEqual(namesOf(browser.alarms), ['badge']);
      delete browser.storage.entries['told'];
    });
  });

  for (const engine of ['chromium', 'firefox'] as const) {
    describe(`after sleep, in ${engine}`, () => {
      it('through the opening of renewal: told late, once', async () => {
        await browser.sleepUntil(at(renewFrom + hour), engine);
        assert.deepEqual(browser.shown, ['renewal']);
        assert.equal(browser.button.text, '1');
      });

      it('through the end: the end alone', async () => {
        await browser.sleepUntil(at(validUntil + hour), engine);
        assert.deepEqual(browser.shown, ['end']);
        assert.equal(browser.button.text, '');
      });

      it('for days: nothing', async () => {
        await browser.sleepUntil(at(validUntil + 48 * hour), engine);
        assert.deepEqual(browser.shown, []);
        assert.equal(browser.alarms.size, 0);
      });
    });
  }

  describe('changes that come together', () => {
    it('are looked at one after the other: the last one holds', async () => {
      const { area } = browser.storage;
      await browser.wake(() => {
        void area.remove('times');
        void area.set({ times: { ...someProof, validUntil: validUntil + hour } });
        void area.set({ options: { nonsense: true } });
        void area.remove('times');
      });
      assert.equal(browser.alarms.size, 0);
      assert.equal(browser.button.text, '');
    });
  });
});

import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { badgeAt } from '../../extension/background/badge.ts';
import { badgeGrounds, badgeLetters, showBadge } from '../../extension/background/show-badge.ts';
import { at, hour, issuedAt, minute, someProof, validUntil } from './some-proof.ts';

const saysAt = async (left: number, language: 'zh' | 'en' = 'zh') => {
  const says = { text: '', title: '' };
  await showBadge(
    {
      setBadgeText: async ({ text }) => void (says.text = text ?? ''),
      setTitle: async ({ title }) => void (says.title = title ?? ''),
      setBadgeBackgroundColor: async () => undefined,
      setBadgeTextColor: async () => undefined,
    },
    badgeAt(someProof, at(validUntil - left)),
    language,
  );
  return says;
};

describe('the badge', () => {
  for (const [left, text, zh, en] of [
    [24 * hour, '23', '还剩 23 小时', 'hours left: 23'],
    [23 * hour + 1, '23', '还剩 23 小时', 'hours left: 23'],
    [hour + 1, '1', '还剩 1 小时', 'hours left: 1'],
    [hour, '59m', '还剩 59 分钟', 'minutes left: 59'],
    [45.5 * minute, '45m', '还剩 45 分钟', 'minutes left: 45'],
    [minute, '<1m', '不到 1 分钟', 'less than a minute left'],
    [1, '<1m', '不到 1 分钟', 'less than a minute left'],
  ] as const) {
    it(`with ${left} seconds left says ${text}, and its title the same in words`, async () => {
      const says = await saysAt(left);
      assert.equal(says.text, text);
      assert.ok(says.title.includes(zh), says.title);
      const { title } = await saysAt(left, 'en');
      assert.ok(title.includes(en), title);
    });
  }

  it('says nothing from the very end on, nor without a proof', async () => {
    assert.deepEqual(await saysAt(0), { text: '', title: '临时乘车身份证明' });
    assert.deepEqual(await saysAt(-hour, 'en'), { text: '', title: 'Temporary boarding ID' });
    assert.equal(badgeAt(undefined, at(issuedAt)), undefined);
  });

  it('goes by the server’s clock, whatever this one says (B3)', () => {
    const clockOffset = 2 * hour * 1000;
    const times = { ...someProof, clockOffset };
    assert.deepEqual(badgeAt(times, at(validUntil - 5 * minute, clockOffset)), {
      left: 4,
      unit: 'minutes',
      changesAt: at(validUntil - 4 * minute, clockOffset),
    });
  });

  it('never promises more than is left, and changes exactly when it says it will', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 24 * hour * 1000 }),
        fc.double({ min: -1e7, max: 1e7, noNaN: true }),
        (left, clockOffset) => {
          const times = { ...someProof, clockOffset };
          const now = Math.ceil(validUntil * 1000 - clockOffset) - left;
          const badge = badgeAt(times, now)!;
          const unit = badge.unit === 'hours' ? hour : minute;
          assert.ok(badge.left * unit * 1000 <= left);
          assert.ok(badge.changesAt > now);
          const before = badgeAt(times, badge.changesAt - 1);
          assert.deepEqual(before, badge);
          assert.notDeepEqual(badgeAt(times, badge.changesAt), badge);
        },
      ),
    );
  });

  it('has letters of 4.5:1 on its grounds, and grounds that stand out from light and dark toolbars', () => {
    for (const ground of Object.values(badgeGrounds)) {
      assert.ok(contrast(badgeLetters, ground) >= 4.5, ground);
      for (const toolbar of ['#f9f9fb', '#ffffff', '#2b2a33', '#1f1f1f'])
        assert.ok(contrast(ground, toolbar) >= 2.7, `${ground} ${toolbar}`);
    }
  });
});

/** As WCAG 2 reckons it, of `#rrggbb`. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((place) => {
    const share = Number.parseInt(colour.slice(place, place + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

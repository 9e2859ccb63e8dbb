import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import en from '../../extension/_locales/en/messages.json';
import zh from '../../extension/_locales/zh_CN/messages.json';
import { languageOf, textIn } from '../../extension/texts.ts';

const placesIn = ({ message }: { message: string }) =>
  [...message.matchAll(/\$\d/g)].map(String).sort();
const keys = Object.keys(zh) as (keyof typeof zh)[];

describe('the texts', () => {
  it('are the same in both languages: keys, and what stands in them', () => {
    assert.deepEqual(Object.keys(en).sort(), [...keys].sort());
    for (const key of keys) assert.deepEqual(placesIn(en[key]), placesIn(zh[key]), key);
  });

  it('are never empty, and each in its own language', () => {
    /** The languages' names stand in the languages themselves. */
    const names = ['optionsChinese', 'optionsEnglish'];
    for (const key of keys.filter((each) => !names.includes(each))) {
      assert.match(zh[key].message, /\p{Script=Han}/u, key);
      assert.match(en[key].message, /[a-z]/, key);
    }
  });

  it('fit where browsers and stores show them', () => {
    for (const texts of [zh, en]) {
      const { extensionName, extensionDescription } = texts;
      assert.ok(extensionName.message.length <= 45, extensionName.message);
      assert.ok(extensionDescription.message.length <= 132, extensionDescription.message);
    }
  });

  it('take what they are given, each in its place', () => {
    assert.match(textIn('zh', 'titleHours', 7), /还剩 7 小时/);
    assert.match(textIn('en', 'titleMinutes', '$1'), /minutes left: \$1$/);
    assert.doesNotMatch(textIn('en', 'titleHours'), /\$/);
  });
});

describe('the language', () => {
  it('is the one that is set, or else Chinese where the browser speaks it, English elsewhere', () => {
    assert.equal(languageOf('zh', 'en-GB'), 'zh');
    assert.equal(languageOf('en', 'zh-CN'), 'en');
    assert.equal(languageOf('browser', 'zh-TW'), 'zh');
    assert.equal(languageOf('browser', 'ZH'), 'zh');
    assert.equal(languageOf('browser', 'en-US'), 'en');
    assert.equal(languageOf('browser', 'fr'), 'en');
    assert.equal(languageOf('browser', ''), 'en');
  });
});

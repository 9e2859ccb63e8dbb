import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { documentTypes, supportedDocument } from '../../widget/protocol/documents.ts';
import { readIdentity, type Identity } from '../../widget/protocol/identity.ts';
import { numberOf, readingAt } from './generated-numbers.ts';

const number = numberOf(11, '19900101', '008');
const permit = numberOf(81, '19900101');
const good: Identity = { name: '张三', documentType: 'resident-id', number };

const problemOf = (changed: Partial<Identity>): string => {
  const result = readIdentity({ ...good, ...changed }, readingAt);
  return result.ok ? 'none' : result.problem;
};

describe('R3: an identity as typed', () => {
  it('is read in its normal form', () => {
    const typed: Identity = {
      name: ' 阿依古丽.买买提 ',
      documentType: 'resident-id',
      number: ` ${number.toLowerCase()}`,
    };
    assert.deepEqual(readIdentity(typed, readingAt), {
      ok: true,
      identity: { name: '阿依古丽·买买提', documentType: 'resident-id', number },
    });
  });

  it('with a name that cannot be one has an invalid name', () => {
    for (const name of ['', '张', 'Zhang San', '张三·', '张'.repeat(51)]) {
      assert.equal(problemOf({ name }), 'invalid-name', name);
    }
  });

  it('with a number that cannot be one has an invalid number', () => {
    for (const wrong of [
      '',
      '1',
      `${number}0`,
      number.slice(0, 17) + '0',
      numberOf(11, '19900230'),
    ]) {
      assert.equal(problemOf({ number: wrong }), 'invalid-id-number', wrong);
    }
  });

  it('with a number of 15 digits is told of the first generation', () => {
    assert.equal(problemOf({ number: '119999900101001' }), 'first-generation-id-number');
  });
});

describe('R5: only 中国居民身份证 can apply', () => {
  it('so every other document that can be chosen is unsupported', () => {
    const others = documentTypes.filter((type) => type !== supportedDocument);
    assert.equal(others.length, 5);
    for (const documentType of others) {
      assert.equal(problemOf({ documentType }), 'unsupported-document', documentType);
    }
    assert.equal(problemOf({}), 'none');
  });

  it('so the number of another document, typed as a resident ID, is unsupported and not wrong', () => {
    for (const pair of [81, 82, 83, 90, 99]) {
      assert.equal(problemOf({ number: numberOf(pair, '19900101') }), 'unsupported-document');
    }
  });
});

describe('of several problems', () => {
  it('the document comes first: nothing else matters when it cannot be used', () => {
    const passport = 'passport' as const;
    assert.equal(
      problemOf({ documentType: passport, name: '', number: '' }),
      'unsupported-document',
    );
    assert.equal(problemOf({ documentType: passport, number: '1' }), 'unsupported-document');
  });

  it('the document that the number betrays comes before the name', () => {
    assert.equal(problemOf({ name: '', number: permit }), 'unsupported-document');
  });

  it('the name comes before the number', () => {
    assert.equal(problemOf({ name: '', number: '1' }), 'invalid-name');
    assert.equal(problemOf({ name: '', number: '119999900101001' }), 'invalid-name');
  });
});

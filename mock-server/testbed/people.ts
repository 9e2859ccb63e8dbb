import type { Identity } from '../../widget/protocol/identity.ts';
import { checkCharacter } from '../../widget/protocol/resident-id.ts';

/** What the testbed makes of a person, so that each rule can be seen. */
export type PersonSituation =
  'usual' | 'liveness-fails' | 'no-application-left' | 'proof-ends-soon' | 'passport';

/** Someone who can sign in to the mock host app. */
export interface MockPerson {
  id: string;
  situation: PersonSituation;
  label: { zh: string; en: string };
  note: { zh: string; en: string };
  identity: Identity;
}

/**
 * A made-up resident ID number: county 9999 of a province has never been given out, so that no
 * living person can have it.
 */
export function madeUpNumber(province: string, birthDate: string, sequence: string): string {
  const first17 = `${province}9999${birthDate}${sequence}`;
  return first17 + checkCharacter(first17);
}

const resident = (name: string, number: string): Identity => ({
  name,
  documentType: 'resident-id',
  number,
});

export const people: readonly MockPerson[] = [
  {
    id: 'adult',
    situation: 'usual',
    label: { zh: '成年旅客', en: 'Adult' },
    note: { zh: '一切正常', en: 'everything is in order' },
    identity: resident('林小满', madeUpNumber('11', '19900307', '021')),
  },
  {
    id: 'minor',
    situation: 'usual',
    label: { zh: '未成年旅客', en: 'Minor' },
    note: { zh: '已办理居民身份证', en: 'holds a resident identity card' },
    identity: resident('阿依古丽·艾山', madeUpNumber('65', '20150612', '046')),
  },
  {
    id: 'liveness-fails',
    situation: 'liveness-fails',
    label: { zh: '核验不通过', en: 'Fails liveness' },
    note: { zh: '实人核验总不通过', en: 'the liveness check never succeeds' },
    identity: resident('周望舒', madeUpNumber('31', '19850921', '138')),
  },
  {
    id: 'no-application-left',
    situation: 'no-application-left',
    label: { zh: '次数已用完', en: 'None left' },
    note: { zh: '本月三次已用完', en: "the month's three are used" },
    identity: resident('陈未央', madeUpNumber('44', '19781103', '217')),
  },
  {
    id: 'proof-ends-soon',
    situation: 'proof-ends-soon',
    label: { zh: '即将到期', en: 'Ends soon' },
    note: { zh: '证明还有 2 小时 50 分', en: 'the proof ends in 2 h 50 min' },
    identity: resident('何青禾', madeUpNumber('51', '19930218', '064')),
  },
  {
    id: 'passport',
    situation: 'passport',
    label: { zh: '护照用户', en: 'Passport' },
    note: { zh: '用护照注册', en: 'registered with a passport' },
    identity: { name: 'SAMPLE TRAVELLER', documentType: 'passport', number: 'X00000000' },
  },
];

/** Surnames and given names to make up guests from. */
const surnames = '赵钱孙李吴郑王冯褚卫蒋沈韩杨';
const given = '安宁知行子墨清和云舒景明若溪';

/** A made-up resident for trying the form as a guest; another one each time. */
export function madeUpGuest(random: (length: number) => Buffer): Pick<Identity, 'name' | 'number'> {
  const bytes = random(6);
  const pick = (text: string, index: number): string =>
    text.charAt((bytes[index] ?? 0) % text.length);
  const two = (value: number): string => String(value).padStart(2, '0');
  const birthDate = `${1960 + ((bytes[3] ?? 0) % 45)}${two(1 + ((bytes[4] ?? 0) % 12))}${two(1 + ((bytes[5] ?? 0) % 28))}`;
  return {
    name: pick(surnames, 0) + pick(given, 1) + pick(given, 2),
    number: madeUpNumber(
      '32',
      birthDate,
      String(100 + (((bytes[1] ?? 0) * 7 + (bytes[2] ?? 0)) % 900)),
    ),
  };
}

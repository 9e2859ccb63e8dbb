import * as fc from 'fast-check';

/** Two of the mock's people: known to it, so that both can type their number or be signed in. */
export const persons = ['adult', 'minor'] as const;
export type Person = (typeof persons)[number];

/** Each device has a key of its own; any person may use any of them. */
export const devices = [0, 1, 2] as const;
export type Device = (typeof devices)[number];

/** An instant at which a rule changes its answer. */
export type EdgeName = 'window' | 'check' | 'grant' | 'renewal' | 'proof' | 'month' | 'day';

export interface BeginCheck {
  step: 'begin';
  purpose: 'apply' | 'view';
  person: Person;
  device: Device;
  signedIn: boolean;
  /** Somebody else types the person's number: the liveness check does not find them. */
  stranger: boolean;
  /** The provider leaves it to a review. */
  late: boolean;
}

/** One thing that happens; plain data, so that a failing history can be read and run again. */
export type Step =
  | BeginCheck
  /** Ends the device's last check; where that has ended before, its assertion comes again. */
  | { step: 'finish'; device: Device }
  | { step: 'refresh'; device: Device }
  | { step: 'sign-out'; device: Device }
  | { step: 'decide-reviews'; approve: boolean }
  | { step: 'wait'; ms: number }
  /** Waits until so many milliseconds from the next edge of a person; if there is one. */
  | { step: 'wait-for'; edge: EdgeName; person: Person; offset: number };

export interface History {
  /** Milliseconds since the epoch. */
  start: number;
  steps: Step[];
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

const person = fc.constantFrom<Person[]>('adult', 'adult', 'adult', 'minor');
const device = fc.constantFrom<Device[]>(0, 0, 0, 1, 2);

/** True once in so many times. */
const rarely = (times: number) => fc.nat(times - 1).map((number) => number === times - 1);

const begin = (purpose: BeginCheck['purpose']) =>
  fc
    .record({ person, device, signedIn: fc.boolean(), stranger: rarely(8), late: rarely(6) })
    .map((rest): BeginCheck => ({ step: 'begin', purpose, ...rest }));
const anyBegin = fc.oneof(
  { arbitrary: begin('apply'), weight: 2 },
  { arbitrary: begin('view'), weight: 1 },
);

const wait = fc
  .tuple(
    fc.constantFrom(second, 10 * second, minute, 2 * minute, 30 * minute, 21 * hour, 24 * hour),
    fc.constantFrom(-1, 0, 1),
  )
  .map(([ms, offset]): Step => ({ step: 'wait', ms: ms + offset }));
const anyWait = fc.integer({ min: 1, max: 30 * hour }).map((ms): Step => ({ step: 'wait', ms }));

/** The gate's leeway of 10 seconds lies behind an edge, so the instants around its end do too. */
const offset = fc.constantFrom(-1, 0, 0, 1, 9_999, 10_000);
const waitFor = (edge: fc.Arbitrary<EdgeName>) =>
  fc.record({ edge, person, offset }).map((rest): Step => ({ step: 'wait-for', ...rest }));

/** One person renews again and again, as whoever uses up the month does. */
const renewals = fc
  .tuple(begin('apply'), fc.integer({ min: 3, max: 4 }), offset)
  .map(([check, times, late]): Step[] => {
    const { person, device } = check;
    const again: Step[] = [
      { step: 'wait-for', edge: 'renewal', person, offset: late },
      { ...check, stranger: false, late: false },
      { step: 'finish', device },
    ];
    return Array.from({ length: times }, () => again).flat();
  });

/** An application that a review decides later; meanwhile somebody may look, or time may pass. */
const review = fc
  .tuple(
    waitFor(fc.constantFrom<EdgeName[]>('renewal', 'renewal', 'proof', 'month')),
    begin('apply'),
    fc.option(begin('view')),
    fc.option(waitFor(fc.constantFrom<EdgeName[]>('window', 'check', 'grant', 'proof', 'month'))),
    fc.constantFrom(true, true, true, false),
  )
  .map(([edge, check, look, later, approve]): Step[] => [
    edge,
    { ...check, stranger: false, late: true },
    { step: 'finish', device: check.device },
    ...(look
      ? ([
          { ...look, person: check.person, stranger: false },
          { step: 'finish', device: look.device },
        ] as const)
      : []),
    ...(later ? [later] : []),
    { step: 'decide-reviews', approve },
  ]);

/** A look, perhaps in the last minutes of a proof, perhaps signed out again, to its end. */
const showing = fc
  .tuple(
    fc.option(fc.constantFrom(-10 * minute, -20 * second, -1)),
    anyBegin,
    fc.boolean(),
    rarely(3),
    fc.constantFrom<EdgeName[]>('window', 'grant', 'grant'),
    offset,
  )
  .map(([beforeProofEnds, check, signsOut, again, edge, late]): Step[] => {
    const { person, device } = check;
    return [
      ...(beforeProofEnds === null
        ? []
        : ([{ step: 'wait-for', edge: 'proof', person, offset: beforeProofEnds }] as const)),
      { ...check, stranger: false, late: false },
      { step: 'finish', device },
      ...(signsOut ? ([{ step: 'sign-out', device }] as const) : []),
      ...(again ? ([{ step: 'finish', device }] as const) : []),
      { step: 'wait-for', edge, person, offset: late },
    ];
  });

/** What happens together. */
const passage = fc.oneof(
  {
    weight: 8,
    arbitrary: anyBegin.map((check): Step[] => [check, { step: 'finish', device: check.device }]),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(anyBegin, fc.constantFrom(1, 50 * second, 2 * minute - 1, 2 * minute))
      .map(([check, ms]): Step[] => [
        check,
        { step: 'wait', ms },
        { step: 'finish', device: check.device },
      ]),
  },
  {
    weight: 7,
    arbitrary: fc
      .tuple(
        waitFor(fc.constantFrom<EdgeName[]>('renewal', 'renewal', 'renewal', 'proof', 'month')),
        begin('apply'),
      )
      .map(([edge, check]): Step[] => [edge, check, { step: 'finish', device: check.device }]),
  },
  { weight: 5, arbitrary: renewals },
  { weight: 4, arbitrary: review },
  { weight: 5, arbitrary: showing },
  {
    weight: 6,
    arbitrary: waitFor(
      fc.constantFrom(
        ...(['window', 'window', 'grant', 'grant', 'check'] as const),
        ...(['renewal', 'proof', 'month', 'day'] as const),
      ),
    ).map((edge): Step[] => [edge]),
  },
  { weight: 2, arbitrary: fc.oneof(wait, anyWait).map((step): Step[] => [step]) },
  { weight: 1, arbitrary: anyBegin.map((check): Step[] => [check]) },
  { weight: 1, arbitrary: device.map((on): Step[] => [{ step: 'finish', device: on }]) },
  { weight: 3, arbitrary: device.map((on): Step[] => [{ step: 'refresh', device: on }]) },
  { weight: 2, arbitrary: device.map((on): Step[] => [{ step: 'sign-out', device: on }]) },
);

const start = fc
  .tuple(
    fc.oneof(
      fc.constantFrom(
        '2027-03-01T12:00:00',
        '2027-02-26T09:00:00',
        '2028-02-27T10:00:00',
        '2027-12-30T20:00:00',
        '2028-12-31T23:30:00',
        '2027-03-29T23:59:30',
      ),
      fc
        .date({ min: new Date('2027-01-01'), max: new Date('2029-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 19)),
    ),
    fc.constantFrom(0, 1, 437, 999),
  )
  .map(([wallClock, ms]) => Date.parse(`${wallClock}+08:00`) + ms);

/** What may happen to one or two people within days or weeks, leaning towards the edges. */
export const histories: fc.Arbitrary<History> = fc.record({
  start,
  steps: fc
    .array(passage, { minLength: 1, maxLength: 6 })
    .map((passages): Step[] => passages.flat()),
});

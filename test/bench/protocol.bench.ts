import { compactVerify } from 'jose';
import { KeyObject, verify as nodeVerify } from 'node:crypto';
import { create } from 'qrcode';
import { bytesOf } from '../../widget/protocol/code/ascii.ts';
import { encodeBase64url } from '../../widget/protocol/code/base64url.ts';
import { checkCode, type Verifier } from '../../widget/protocol/code/check.ts';
import { jtiFor } from '../../widget/protocol/code/claims.ts';
import { memoryLedger } from '../../widget/protocol/code/ledger.ts';
import { mintCode, mintPack, type PackRequest } from '../../widget/protocol/code/mint.ts';
import { parseCode } from '../../widget/protocol/code/parse.ts';
import { toQrText } from '../../widget/protocol/code/qr-text.ts';
import { sign, verify } from '../../widget/protocol/code/signature.ts';
import { policy } from '../../widget/protocol/policy.ts';
import type { Ticket } from '../../widget/protocol/tickets.ts';
import { seededRandom } from '../protocol/seeded-random.ts';
import { quantile } from './quantile.ts';
import type { BenchRow } from './row.ts';
import { sideBySide, type SideBySide } from './side-by-side.ts';

const now = Date.UTC(2026, 2, 1, 2) / 1000;
const kid = 'k1';
const sub = encodeBase64url(new Uint8Array(16));
const place = { station: 'beijing-south', lane: '1' };
const random = seededRandom(1);

const makeKeys = (): Promise<CryptoKeyPair> =>
  crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);

const mintOne = (privateKey: CryptoKey, counter: number): Promise<string> =>
  mintCode(
    {
      jti: jtiFor(encodeBase64url(random.bytes(6)), counter),
      sub,
      nbf: now,
      exp: now + policy.codeSeconds,
    },
    { kid, privateKey },
  );

function verifierFor(publicKey: CryptoKey): Verifier {
  const ticket: Ticket = {
    sub,
    id: 'ticket',
    kind: 'single',
    train: 'G1',
    from: place.station,
    to: 'shanghai-hongqiao',
    validFrom: now - 3600,
    validUntil: now + 3600,
  };
  return {
    keys: new Map([[kid, publicKey]]),
    denylist: { revoked: new Set(), issuedAt: now },
    ticketsOf: () => [ticket],
    ledger: memoryLedger(policy.repeatSeconds),
    policy,
  };
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** A row for the first of those measured, with another of them beside it. */
function comparison(
  { perSecond, ratioToFirst }: SideBySide,
  texts: { what: string; unit: string; first: string; other: string; otherIs: string },
  goal: number,
): BenchRow {
  const ratio = rounded(ratioToFirst(texts.other), 2);
  return {
    what: `${texts.what}, of ${texts.otherIs}`,
    value: rounded(perSecond[texts.first] ?? Number.NaN, 0),
    unit: texts.unit,
    beside: `${rounded(perSecond[texts.other] ?? Number.NaN, 0)} ${texts.unit}`,
    ratio,
    goal: `≥ ${goal}`,
    met: ratio >= goal,
  };
}

/** A row for a time, a size or a count with a ceiling. */
const ceiling = (what: string, value: number, unit: string, most: number): BenchRow => ({
  what,
  value: rounded(value, 2),
  unit,
  goal: `≤ ${most}`,
  met: value <= most,
});

/** A row that nothing is to be reached by: it is there to be known. */
const figure = (what: string, value: number, unit: string): BenchRow => ({
  what,
  value: rounded(value, 2),
  unit,
  goal: '(none)',
  met: true,
});

/** The whole check, from the digits of the QR to the ticket rule, one after the other. */
export async function benchCheck(): Promise<BenchRow[]> {
  const { privateKey, publicKey } = await makeKeys();
  const codes = await Promise.all(Array.from({ length: 500 }, () => mintOne(privateKey, 1)));
  const ready = codes.map((code) => {
    const parsed = parseCode(code);
    if (!parsed.ok) throw new Error('a good code was refused');
    return { code, digits: toQrText(code), ...parsed.code };
  });
  const at = (i: number) => ready[i % ready.length]!;
  const verifier = verifierFor(publicKey);
  const key = KeyObject.from(publicKey);
  const measured = await sideBySide(
    {
      check: async (i) => {
        const question = { scanned: at(i).digits, purpose: 'check', place, at: now } as const;
        const verdict = await checkCode(question, verifier);
        if (!verdict.admitted) throw new Error(`a good code was refused: ${verdict.reason}`);
      },
      raw: (i) => verify(publicKey, at(i).signature, at(i).signed),
      node: async (i) =>
        nodeVerify('sha256', at(i).signed, { key, dsaEncoding: 'ieee-p1363' }, at(i).signature),
      jose: (i) => compactVerify(at(i).code, publicKey, { algorithms: ['ES256'] }),
    },
    100,
  );
  const milliseconds: number[] = [];
  for (let i = 0; i < 5000; i++) {
    const question = { scanned: at(i).digits, purpose: 'check', place, at: now } as const;
    const start = performance.now();
    await checkCode(question, verifier);
    milliseconds.push(performance.now() - start);
  }
  const texts = { what: 'whole check of a code', unit: 'checks/s', first: 'check' };
  return [
    comparison(measured, { ...texts, other: 'raw', otherIs: 'raw WebCrypto verify' }, 0.85),
    comparison(measured, { ...texts, other: 'jose', otherIs: 'jose with the key in hand' }, 0.9),
    figure(
      'whole check of a code, of raw synchronous crypto.verify of Node',
      rounded(measured.ratioToFirst('node'), 2),
      `(${rounded(measured.perSecond['node'] ?? Number.NaN, 0)} a second)`,
    ),
    figure('one whole check, p50', quantile(milliseconds, 0.5), 'ms'),
    figure('one whole check, p99', quantile(milliseconds, 0.99), 'ms'),
    ...(await benchRefusal(ready[0]!.code, verifier)),
  ];
}

/** How long it takes to refuse texts that are no codes, up to ten million characters long. */
async function benchRefusal(code: string, verifier: Verifier): Promise<BenchRow[]> {
  const texts = Array.from({ length: 5000 }, (_, i) => {
    const position = random.integer(code.length);
    return (
      code.slice(0, position) +
      random.pick(['=', '.', ' ', '\0', '-', '中']) +
      code.slice(position + (i % 2))
    );
  });
  texts.push(
    '1'.repeat(1e7),
    '.'.repeat(1e7),
    `${code}${' '.repeat(1e7)}`,
    '1'.repeat(1024),
    '.'.repeat(1024),
  );
  const milliseconds: number[] = [];
  for (const scanned of texts) {
    const start = performance.now();
    await checkCode({ scanned, purpose: 'check', place, at: now }, verifier);
    milliseconds.push(performance.now() - start);
  }
  return [
    ceiling('refusing a malformed text, p99', quantile(milliseconds, 0.99), 'ms', 2),
    ceiling('refusing a malformed text, slowest', Math.max(...milliseconds), 'ms', 50),
  ];
}

/** A pack of 30, from its request to its texts. */
export async function benchPack(): Promise<BenchRow[]> {
  const { privateKey } = await makeKeys();
  const request: PackRequest = {
    grantId: 'Gr4nt-_0',
    firstCounter: 0,
    from: now,
    until: now + policy.grantSeconds,
    codeSeconds: policy.codeSeconds,
    subjectAt: () => sub,
  };
  const input = bytesOf('x'.repeat(168));
  const measured = await sideBySide(
    {
      pack: () => mintPack(request, { kid, privateKey }),
      raw: () => Promise.all(Array.from({ length: 30 }, () => sign(privateKey, input))),
      loop: async () => {
        for (let i = 0; i < 30; i++) await sign(privateKey, input);
      },
    },
    4,
  );
  const texts = { what: 'pack of 30 codes', unit: 'packs/s', first: 'pack' };
  return [
    comparison(measured, { ...texts, other: 'raw', otherIs: '30 raw signatures at once' }, 0.6),
    comparison(measured, { ...texts, other: 'loop', otherIs: '30 raw signatures in a row' }, 0.6),
  ];
}

/** The longest code that this service makes, and its QR. */
export async function benchQr(): Promise<BenchRow[]> {
  const { privateKey } = await makeKeys();
  const counters = Array.from({ length: 100 }, (_, i) => policy.packsPerGrant * 30 + i);
  const codes = await Promise.all(counters.map((counter) => mintOne(privateKey, counter)));
  const modules = (level: 'L' | 'M'): number =>
    Math.max(
      ...codes.map((code) => create(toQrText(code), { errorCorrectionLevel: level }).modules.size),
    );
  const longest = Math.max(...codes.map((code) => code.length));
  return [
    ceiling('code length', longest, 'characters', 260),
    ceiling('QR at EC M', modules('M'), 'modules', 61),
    ceiling('QR at EC L', modules('L'), 'modules', 57),
  ];
}

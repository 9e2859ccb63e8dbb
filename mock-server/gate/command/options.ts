import { parseArgs } from 'node:util';
import { purposes, type Place, type Purpose } from '../../../widget/protocol/tickets.ts';
import { CannotCheck } from './cannot-check.ts';

export const usage = `boarding-id check [FILE | -] (--keys FILE | --issuer URL) [options]

Judges one code as a gate does. FILE holds its text, or is a PNG or JPEG picture of its QR;
without FILE, or with -, standard input is read. Nothing is written down: no code is used up.

  --keys FILE       the issuer's keys (its /.well-known/jwks.json); nothing is fetched then
  --issuer URL      the issuer's origin: keys, policy and lists that are not given are fetched
                    there, lists with the gate credential in BOARDING_ID_CREDENTIAL; it is also
                    who must have signed the lists that are given
  --purpose NAME    ${purposes.join(', ')} (counter)
  --station ID      where the gate stands; entry, exit and check need it
  --train NUMBER    the one train that the gate boards
  --lane NAME       the gate's lane (1)
  --denylist FILE   the issuer's signed denylist; entry needs one
  --manifest FILE   a signed manifest of the station's tickets; may be given several times
  --at TIME         the gate's clock: seconds since 1970, or 2026-03-01T10:00:00+08:00 (now)
  --json            one line of JSON

Ends with 0 if the code is admitted, 1 if it is refused, 2 if it could not be judged.
`;

export interface Options {
  /** A path, or `-` for standard input. */
  file: string;
  keys: string | undefined;
  issuer: string | undefined;
  purpose: Purpose;
  place: Place;
  denylist: string | undefined;
  manifests: string[];
  /** Whole seconds since the epoch. */
  at: number;
  json: boolean;
}

const see = 'Try: boarding-id --help';

/**
 * @param now whole seconds since the epoch, where no clock is given
 * @throws CannotCheck with what is wrong with the arguments
 */
export function readOptions(given: readonly string[], now: number): Options | 'help' {
  const { values, positionals } = parsed(given);
  if (values.help) return 'help';
  const [command, file = '-', ...more] = positionals;
  if (command !== 'check') {
    throw new CannotCheck(command ? `There is no command ${command}. ${see}` : see);
  }
  if (more.length > 0) throw new CannotCheck('Give one file at a time: one code, one verdict.');
  const { keys, denylist, station, train, lane = '1' } = values;
  const issuer = values.issuer === undefined ? undefined : originOf(values.issuer);
  if (keys === undefined && issuer === undefined) {
    throw new CannotCheck('Whose codes? Give --keys FILE, or --issuer URL to fetch the keys.');
  }
  const purpose = purposes.find((name) => name === (values.purpose ?? 'counter'));
  if (!purpose) throw new CannotCheck(`--purpose is one of ${purposes.join(', ')}.`);
  if (!station && purpose !== 'counter' && purpose !== 'onboard') {
    throw new CannotCheck(`At which station? ${purpose} needs --station ID.`);
  }
  return {
    file,
    keys,
    issuer,
    purpose,
    place: { station: station ?? '', lane, train },
    denylist,
    manifests: values.manifest ?? [],
    at: values.at === undefined ? now : instantOf(values.at),
    json: values.json ?? false,
  };
}

function parsed(given: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...given],
      allowPositionals: true,
      options: {
        keys: text,
        issuer: text,
        purpose: text,
        station: text,
        train: text,
        lane: text,
        denylist: text,
        manifest: { type: 'string', multiple: true },
        at: text,
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown;
    throw new CannotCheck(`${thrown.message.split('. ')[0]}. ${see}`);
  }
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url.origin;
  throw new CannotCheck('--issuer is an address, such as https://issuer.example');
}

function instantOf(text: string): number {
  if (/^\d{1,12}$/.test(text)) return Number(text);
  const milliseconds = /T.*(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(milliseconds)) return Math.floor(milliseconds / 1000);
  throw new CannotCheck(
    '--at is whole seconds since 1970, or a time with its zone, such as 2026-03-01T10:00:00+08:00.',
  );
}

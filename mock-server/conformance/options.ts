import { parseArgs } from 'node:util';

export const usage = `boarding-id conformance ISSUER [options]

Asks an issuer, over HTTP alone, whether it keeps the contract. ISSUER is its origin, such as
http://localhost:8080. It must be a test issuer: its liveness provider takes the stub's attempts,
and made-up people (county 9999) apply for proofs. See mock-server/docs/conformance.md.

  --controls URL    the test controls (people who sign in, clock, reviews), where the issuer's
                    metadata do not name them as mockSignIn
  --alone           nobody else uses this issuer: its clock is moved on by weeks and set back, and
                    its reviews are made late for a while
  --station ID      a station whose manifest is fetched
  --json            one line of JSON

BOARDING_ID_CREDENTIAL and BOARDING_ID_CREW_CREDENTIAL hold the credentials of a gate and a crew.
What is not given or not offered is skipped, with the reason.

Ends with 0 if nothing failed, 1 if something did or was not reached, 2 if nobody could be asked.
Ctrl-C ends it with 1, once the issuer's clock is set back; a second one ends it at once.
`;

/** Nobody was asked; the message is a sentence that says what to do. */
export class CannotAsk extends Error {
  override readonly name = 'CannotAsk';
}

export interface Options {
  origin: string;
  controls: string | undefined;
  station: string | undefined;
  alone: boolean;
  json: boolean;
}

const see = 'Try: boarding-id conformance --help';

/** @throws {CannotAsk} with what is wrong with the arguments */
export function readOptions(given: readonly string[]): Options | 'help' {
  const { values, positionals } = parsed(given);
  if (values.help) return 'help';
  const [issuer, ...more] = positionals;
  if (issuer === undefined) throw new CannotAsk(`Which issuer? Give its address. ${see}`);
  if (more.length > 0) throw new CannotAsk('Give one issuer at a time.');
  const { controls, station, alone = false, json = false } = values;
  return {
    origin: addressOf('The issuer', issuer).origin,
    controls: controls && addressOf('--controls', controls).href.replace(/\/$/, ''),
    station,
    alone,
    json,
  };
}

function parsed(given: readonly string[]) {
  const [text, flag] = [{ type: 'string' }, { type: 'boolean' }] as const;
  try {
    return parseArgs({
      args: [...given],
      allowPositionals: true,
      options: {
        controls: text,
        station: text,
        alone: flag,
        json: flag,
        help: { ...flag, short: 'h' },
      },
    });
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown;
    throw new CannotAsk(`${thrown.message.split('. ')[0]}. ${see}`);
  }
}

function addressOf(what: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url;
  throw new CannotAsk(`${what} is an address, such as https://issuer.example`);
}

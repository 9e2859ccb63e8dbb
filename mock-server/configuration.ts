import { misspellingOf } from './misspelling.ts';

/** How much the server writes down: what went wrong alone, or a line a request too, for people or machines. */
export const logModes = ['faults', 'text', 'json'] as const;
export type LogMode = (typeof logModes)[number];

/** A host and a port to listen at. */
export interface Address {
  host: string;
  port: number;
}

/** Everything that can be set from outside, in one place. */
export interface Configuration {
  /** Port of host app and issuer, the gate takes the one after; 0 for any pair, none for the first free one. */
  port: number | undefined;
  /** The address that others reach the issuer at, without a trailing slash. */
  publicOrigin: string | undefined;
  /** How many proxies of one's own stand in front, each writing `X-Forwarded-For`. */
  proxies: number;
  databaseUrl: string | undefined;
  /** Folder of the embedded store. */
  dataFolder: string;
  log: LogMode;
  /** Where metrics and health are told to the operator; nowhere without. */
  operationAddress: Address | undefined;
}

/** A variable that cannot be used, or is not known; the message names it and says what is wanted. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

export interface Variable {
  name: string;
  /** What holds while it is not set. */
  default: string;
  does: string;
  /** What a value must be, as the end of "… must". */
  must: string;
  /** Whether a value may be repeated in a message. */
  secret?: true;
  accepts: (value: string) => boolean;
}

/** Every environment variable that the server reads. */
export const variables = [
  {
    name: 'PORT',
    default: 'the first free pair from 8080 on',
    does: 'port of host app and issuer, the gate takes the one after; 0 for any free pair',
    must: 'be a number from 0 to 65534',
    accepts: (value) => value === '0' || (isPort(value) && Number(value) <= 65534),
  },
  {
    name: 'PUBLIC_ORIGIN',
    default: 'http://localhost and the port',
    does: 'the address that others reach host app and issuer at',
    must: 'be an origin such as https://example.com, without a path',
    accepts: (value) =>
      URL.canParse(value) && new URL(value).origin === value && /^https?:/.test(value),
  },
  {
    name: 'DATABASE_URL',
    default: 'the embedded store (SQLite)',
    does: 'the PostgreSQL database to keep everything in',
    must: 'begin with postgres:// or postgresql://',
    secret: true,
    accepts: (value) => /^postgres(ql)?:\/\//.test(value) && URL.canParse(value),
  },
  {
    name: 'DATA_FOLDER',
    default: '.data',
    does: 'folder of the embedded store',
    must: 'be the path of a folder',
    accepts: () => true,
  },
  {
    name: 'PROXIES',
    default: '0',
    does: 'how many proxies of one’s own stand in front, each writing `X-Forwarded-For`',
    must: 'be a number from 0 to 9',
    accepts: (value) => /^\d$/.test(value),
  },
  {
    name: 'LOG',
    default: 'faults',
    does: 'what goes to stderr: `faults` alone, or each request too, as `text` or as `json` lines',
    must: `be one of ${logModes.join(', ')}`,
    accepts: (value) => (logModes as readonly string[]).includes(value),
  },
  {
    name: 'OPERATION_ADDRESS',
    default: 'nowhere',
    does: 'host and port of /metrics, /healthz and /readyz for the operator’s own network',
    must: 'be a host and a port such as 127.0.0.1:9464',
    accepts: (value) => readAddress(value) !== undefined,
  },
] as const satisfies readonly Variable[];

type Name = (typeof variables)[number]['name'];

const isKnown = (name: string): boolean => variables.some((known) => known.name === name);

/** @throws {ConfigurationError} */
export function readConfiguration(
  env: Readonly<Record<string, string | undefined>>,
): Configuration {
  const given = new Map<Name, string>();
  const others = Object.keys(env).filter((name) => env[name] && !isKnown(name));
  for (const { name, must, accepts, ...variable } of variables as readonly (Variable & {
    name: Name;
  })[]) {
    const value = env[name];
    if (!value) {
      const misspelt = misspellingOf(name, others);
      if (misspelt === undefined) continue;
      throw new ConfigurationError(`${misspelt} is not known; unset it, or write ${name}.`);
    }
    if (!accepts(value)) {
      throw new ConfigurationError(
        `${name} must ${must}${variable.secret ? '' : `, not "${value}"`}.`,
      );
    }
    given.set(name, value);
  }
  const port = given.get('PORT');
  return {
    port: port === undefined ? undefined : Number(port),
    publicOrigin: given.get('PUBLIC_ORIGIN'),
    databaseUrl: given.get('DATABASE_URL'),
    dataFolder: given.get('DATA_FOLDER') ?? '.data',
    proxies: Number(given.get('PROXIES') ?? 0),
    log: (given.get('LOG') as LogMode | undefined) ?? 'faults',
    operationAddress: readAddress(given.get('OPERATION_ADDRESS')),
  };
}

const isPort = (value: string): boolean =>
  /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65535;

/** Reads `host:port`; an IPv6 address stands in brackets. */
function readAddress(value = ''): Address | undefined {
  const [, host, port = ''] = /^(\[[\da-f:]+\]|[\w.-]+):(\d+)$/i.exec(value) ?? [];
  if (host === undefined || !isPort(port)) return undefined;
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
}

/** Everything that can be set from outside, in one place. */
export interface Configuration {
  /** Port of host app and issuer; the gate takes the one after. */
  port: number;
  /** Whether the port was asked for, or is only where the search for a free one begins. */
  portGiven: boolean;
  /** The address that others reach the issuer at, without a trailing slash. */
  publicOrigin: string | undefined;
  /** How many proxies of one's own stand in front, each writing `X-Forwarded-For`. */
  proxies: number;
  databaseUrl: string | undefined;
  /** Folder of the embedded store. */
  dataFolder: string;
}

/** A variable that cannot be used; the message names it and says what it wants. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** @throws {ConfigurationError} */
export function readConfiguration(
  env: Readonly<Record<string, string | undefined>>,
): Configuration {
  return {
    port: readPort(env['PORT']),
    portGiven: Boolean(env['PORT']),
    publicOrigin: readOrigin(env['PUBLIC_ORIGIN']),
    proxies: readProxies(env['PROXIES']),
    databaseUrl: readDatabaseUrl(env['DATABASE_URL']),
    dataFolder: env['DATA_FOLDER'] || '.data',
  };
}

function readPort(value: string | undefined): number {
  if (!value) return 8080;
  const port = Number(value);
  if (/^\d+$/.test(value) && port >= 1 && port <= 65534) return port;
  throw new ConfigurationError(`PORT must be a number from 1 to 65534, not "${value}".`);
}

function readOrigin(value: string | undefined): string | undefined {
  if (!value) return undefined;
  const isOrigin = URL.canParse(value) && new URL(value).origin === value;
  if (isOrigin && /^https?:/.test(value)) return value;
  throw new ConfigurationError(
    `PUBLIC_ORIGIN must be an origin such as https://example.com, without a path, not "${value}".`,
  );
}

function readProxies(value: string | undefined): number {
  if (!value) return 0;
  if (/^\d$/.test(value)) return Number(value);
  throw new ConfigurationError(`PROXIES must be a number from 0 to 9, not "${value}".`);
}

function readDatabaseUrl(value: string | undefined): string | undefined {
  if (!value) return undefined;
  // The value may hold a password, so the message does not repeat it.
  if (/^postgres(ql)?:\/\//.test(value) && URL.canParse(value)) return value;
  throw new ConfigurationError('DATABASE_URL must begin with postgres:// or postgresql://.');
}

import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { isIPv6 } from 'node:net';

/**
 * Where a request comes from: the other end of the connection. Behind proxies of one's own it is what
 * the outermost of them has written into `X-Forwarded-For`; what stands further left, anybody can write.
 *
 * @param proxies how many proxies of one's own stand in front; with 0 the header counts for nothing
 * @returns `undefined` where there is no connection, as within one process
 */
export function callerAddress(context: Context, proxies: number): string | undefined {
  const { incoming } = (context.env ?? {}) as { incoming?: unknown };
  if (incoming === undefined) return undefined;
  const { address } = getConnInfo(context).remote;
  const forwarded = context.req.header('X-Forwarded-For')?.split(',') ?? [];
  const told = proxies > 0 ? forwarded.at(-proxies)?.trim() : undefined;
  return networkOf(told || (address ?? ''));
}

/** Of IPv6 the first 64 bit: one subscriber has all the addresses behind them. */
function networkOf(address: string): string {
  const [, mapped] = address.match(/^::ffff:(\d+\.\d+\.\d+\.\d+)$/i) ?? [];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [left = '', right] = address.toLowerCase().replace(/%.*$/, '').split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const [first, last] = [groups(left), groups(right ?? '')];
  const zeros = right === undefined ? 0 : 8 - first.length - last.length;
  const all = [...first, ...Array.from({ length: zeros }, () => '0'), ...last];
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::`;
}

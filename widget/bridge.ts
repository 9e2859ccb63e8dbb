/**
 * For a page in a native host, or in a frame (B5). What each end says stands in `host/bridge/`:
 * `envelope.ts` the messages, `answers.ts` what a host answers.
 *
 * @example
 *   const channel = findChannel();
 *   if (channel) element.bridge = connectBridge(channel);
 */

export type { Bridge, HostCommands } from './flow/bridge.ts';
export { connectBridge } from './host/bridge/bridge.ts';
export {
  alipayChannel,
  androidChannel,
  findChannel,
  frameChannel,
  hostMessage,
  miniProgramChannel,
  stringChannel,
  webKitChannel,
  type Channel,
} from './host/bridge/channels.ts';
export { capabilities, type Capability } from './host/bridge/envelope.ts';

/**
 * For a page in a native host, or in a frame: `element.bridge = connectBridge(channel)` (B5).
 * `widget/docs/hosts/` has the other side's code for each.
 */

export type { Bridge, HostCommands } from './flow/bridge.ts';
export { connectBridge } from './host/bridge/bridge.ts';
export {
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

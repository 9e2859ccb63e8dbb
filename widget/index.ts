/** What a host can import without anything being registered; `define.ts` registers `<boarding-id>`. */

export { BoardingId, type Composition } from './elements/boarding-id.ts';
export type { Bridge } from './flow/bridge.ts';
export type { HostEventMap } from './elements/host-events.ts';
export type { LivenessStage } from './elements/liveness-stage.ts';
export type { CloseReason, CloseSource, HostErrorCode, HostEvent } from './flow/effects.ts';
export type { Flow } from './flow/flow.ts';
export type * from './flow/ports.ts';
export type { RefusalCode } from './flow/refusal.ts';
export { createFlow, type FlowOptions } from './flow/runner.ts';
export { deepLinks, type DeepLink, type ScreenName, type State } from './flow/state.ts';
export type { Vault, VaultContent } from './flow/vault.ts';
export { createBrowserPorts, type HostGiven } from './host/browser-ports.ts';
export type { BoardingIdEntryProps, BoardingIdProps, JsxElements } from './jsx.ts';
export type { Language } from './locales/index.ts';

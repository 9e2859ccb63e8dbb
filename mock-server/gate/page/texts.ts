import type { Reason } from '../../../widget/protocol/code/reasons.ts';
import type { Purpose, TicketKind } from '../../../widget/protocol/tickets.ts';
import type { CameraFailure } from './camera.ts';
import type { Connection } from './gate.ts';
import type { ListFailure, ListName } from './lists.ts';

export type Language = 'zh' | 'en';

/** The gate's words; a text missing in one language does not compile. */
export interface Texts {
  title: string;
  otherLanguage: string;
  mock: string;
  station: string;
  purpose: string;
  purposes: Record<Purpose, string>;
  lane: string;
  train: string;
  anyTrain: string;
  pass: string;
  /** For people who look: nobody is let through by it. */
  valid: string;
  counterHint: string;
  kinds: Record<TicketKind, string>;
  reasons: Record<Reason, { word: string; hint: string }>;
  secondsOff: (seconds: number) => string;
  codeLabel: string;
  broken: { word: string; hint: string };
  judgedAlone: string;
  /** Heard and felt verdicts. */
  sound: string;
  /** Admissions made alone that the issuer has not been told of. */
  untold: (count: number) => string;
  conflicts: (count: number) => string;
  holder: string;
  proofUntil: (instant: string) => string;
  /** A valid code whose holder cannot be shown. */
  unseen: { word: string; hint: string };
  next: string;
  ready: string;
  showCode: string;
  judging: string;
  cameraOn: string;
  cameraOff: string;
  cameraFailures: Record<CameraFailure, string>;
  file: string;
  noCodeInFile: string;
  manyCodesInFile: string;
  noImage: string;
  paste: string;
  judge: string;
  wedge: string;
  settings: string;
  held: string;
  connections: Record<Connection, string>;
  lists: Record<ListName, string>;
  failures: Record<ListFailure, string>;
  age: (seconds: number) => string;
  notYet: string;
  refresh: string;
  clockOff: (seconds: number) => string;
  noConfiguration: string;
}

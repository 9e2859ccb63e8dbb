import type { Known } from '../flow/state.ts';
import type { Dictionary } from '../locales/index.ts';

/** Why a check is asked for in place of the code: its time is up (R17), or the issuer has ended it. */
export const whyHidden = ({ showing }: Known, { code }: Dictionary): string =>
  showing?.endedEarly ? code.endedEarlyText : code.verificationText;

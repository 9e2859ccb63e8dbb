import { runConformance } from '../conformance/run.ts';
import { run as runCheck, type Surroundings as AroundCheck } from '../gate/command/run.ts';

/** The process around the command, whichever it is. */
export interface Surroundings extends AroundCheck {
  wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** See the same of the conformance kit. */
  catchInterruption: () => AbortSignal;
  crewCredential: string | undefined;
}

const overview = `boarding-id check …         judges one code as a gate does
boarding-id conformance …   asks an issuer whether it keeps the contract

boarding-id check --help and boarding-id conformance --help say how.`;

/** @returns the exit code */
export async function run(given: readonly string[], around: Surroundings): Promise<0 | 1 | 2> {
  const [command, ...rest] = given;
  if (command === '--help' || command === '-h') {
    around.say(overview);
    return 0;
  }
  if (command !== 'conformance') return runCheck(given, around);
  return runConformance(rest, { ...around, gateCredential: around.credential });
}

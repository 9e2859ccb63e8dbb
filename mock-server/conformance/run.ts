import { holderCalls } from '../../widget/protocol/calls.ts';
import { areas } from './areas.ts';
import { NotReached } from './check.ts';
import { examine } from './examine.ts';
import { IssuerUnderTest, type Target } from './issuer-under-test.ts';
import { CannotAsk, readOptions, usage } from './options.ts';
import { countOf, inJson, inWords } from './report.ts';

/** The process around the command. */
export interface Surroundings {
  /** Writes one text and a line end. */
  say: (text: string) => void;
  complain: (text: string) => void;
  send: Target['send'];
  wait: Target['wait'];
  gateCredential: string | undefined;
  crewCredential: string | undefined;
}

/**
 * `boarding-id conformance …`
 *
 * @returns the exit code: 0 nothing failed, 1 something did or was not reached, 2 nobody was asked
 */
export async function runConformance(
  given: readonly string[],
  around: Surroundings,
): Promise<0 | 1 | 2> {
  try {
    const options = readOptions(given);
    if (options === 'help') {
      around.say(usage.trimEnd());
      return 0;
    }
    const { say, complain: _, ...target } = { ...around, ...options };
    await mustAnswer(target);
    const examination = await examine(areas, target);
    say((options.json ? inJson : inWords)(examination));
    const held = countOf(examination, 'failed') + countOf(examination, 'not-reached');
    return held === 0 && examination.clockRestored ? 0 : 1;
  } catch (thrown) {
    if (!(thrown instanceof CannotAsk)) throw thrown;
    around.complain(thrown.message);
    return 2;
  }
}

/** Whether anything answers there at all; what it is, the checks will say. @throws {CannotAsk} */
async function mustAnswer(target: Target): Promise<void> {
  try {
    await new IssuerUnderTest(target).ask(holderCalls.metadata);
  } catch (thrown) {
    if (!(thrown instanceof NotReached)) throw thrown;
    throw new CannotAsk(`Nothing answers at ${target.origin}; check the address and the network.`);
  }
}

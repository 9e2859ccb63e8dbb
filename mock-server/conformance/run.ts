import { holderCalls } from '../../widget/protocol/calls.ts';
import type { Answer } from './answer.ts';
import { areas } from './areas.ts';
import { Interrupted, NotReached, type Area } from './check.ts';
import { examine, type Examination } from './examine.ts';
import { IssuerUnderTest, type Target } from './issuer-under-test.ts';
import { CannotAsk, readOptions, usage } from './options.ts';
import { clockLeft, countOf, inJson, inWords } from './report.ts';

/** The process around the command. */
export interface Surroundings {
  /** Writes one text and a line end. */
  say: (text: string) => void;
  complain: (text: string) => void;
  send: Target['send'];
  wait: Target['wait'];
  /** Aborted once the process is told to end; until it is asked for, that ends the process at once. */
  catchInterruption: () => AbortSignal;
  gateCredential: string | undefined;
  crewCredential: string | undefined;
}

/**
 * `boarding-id conformance …`
 *
 * @param asked less than the whole contract, where that is not the question
 * @returns the exit code: 0 nothing failed, 1 something did or was not reached, 2 nobody was asked
 */
export async function runConformance(
  given: readonly string[],
  around: Surroundings,
  asked: readonly Area[] = areas,
): Promise<0 | 1 | 2> {
  try {
    const options = readOptions(given);
    if (options === 'help') {
      around.say(usage.trimEnd());
      return 0;
    }
    const { say, complain, ...surroundings } = { ...around, ...options };
    const target = { ...surroundings, interruption: around.catchInterruption() };
    target.interruption.addEventListener('abort', () =>
      complain('Interrupted: the request under way is waited for. Once more ends it at once.'),
    );
    const metadata = await mustAnswer(target);
    if (!isObject(metadata.body)) complain(noIssuer(target, metadata));
    const examination = await examine(asked, target);
    if (examination.interrupted && options.alone) complain(clockAfter(examination));
    say((options.json ? inJson : inWords)(examination));
    const held = countOf(examination, 'failed') + countOf(examination, 'not-reached');
    return held === 0 && examination.clockRestored ? 0 : 1;
  } catch (thrown) {
    if (!(thrown instanceof CannotAsk)) throw thrown;
    around.complain(thrown.message);
    return 2;
  }
}

const clockAfter = ({ clockRestored }: Examination): string =>
  clockRestored ? 'The issuer’s clock stands as it did before.' : clockLeft;

const isObject = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && !Array.isArray(body);

/** Said before anything else, for most of what then fails is told by it. */
const noIssuer = ({ origin }: Target, metadata: Answer): string =>
  `${origin} does not look like an issuer: ${metadata.call} answered ${metadata.status} without a JSON object. Check the address.`;

/** Whether anything answers there at all; what it is, the checks will say. @throws {CannotAsk} */
async function mustAnswer(target: Target): Promise<Answer> {
  try {
    return await new IssuerUnderTest(target).ask(holderCalls.metadata);
  } catch (thrown) {
    if (thrown instanceof Interrupted)
      throw new CannotAsk('Interrupted before anything was asked.');
    if (!(thrown instanceof NotReached)) throw thrown;
    throw new CannotAsk(`Nothing answers at ${target.origin}; check the address and the network.`);
  }
}

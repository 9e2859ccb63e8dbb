import { areas } from '../../mock-server/conformance/areas.ts';
import type { Area } from '../../mock-server/conformance/check.ts';
import { examine, type Examination } from '../../mock-server/conformance/examine.ts';
import type { Target } from '../../mock-server/conformance/issuer-under-test.ts';
import { origin, startIssuer, type RunningIssuer } from '../issuer/running-issuer.ts';

/** Our own issuer with everything that the kit can use, in this process. */
export const everything = ({ server }: RunningIssuer): Target => ({
  origin,
  send: async (request) => server.app.request(request),
  wait: async () => undefined,
  gateCredential: server.issuer.secrets['gate-credential'].toString('base64url'),
  crewCredential: server.issuer.secrets['crew-credential'].toString('base64url'),
  station: 'beijing-south',
  controls: `${origin}/mock`,
  alone: true,
});

/** What is between the kit and our issuer, so that it is broken. */
export type Breaking = (running: RunningIssuer) => Partial<Target>;

/** An issuer that breaks the contract in one way, and the checks that say so: these and no others. */
export interface BrokenIssuer {
  /** What it does; a sentence whose subject is the issuer. */
  what: string;
  fails: readonly string[];
  breaking: Breaking;
}

/** Examines an issuer of its own, broken or as it is. */
export async function examined(
  breaking: Breaking = () => ({}),
  asked: readonly Area[] = areas,
): Promise<Examination> {
  const running = await startIssuer();
  try {
    return await examine(asked, { ...everything(running), ...breaking(running) });
  } finally {
    await running.close();
  }
}

/** The names of the checks that ended in one way. */
export const named = ({ results }: Examination, ...statuses: readonly string[]): string[] =>
  results.filter(({ outcome }) => statuses.includes(outcome.status)).map(({ check }) => check.name);

/** Asking for 60 packs takes as long as everything else; where that is not the question, 2 do. */
export const fewPacks =
  (breaking: Breaking): Breaking =>
  (running) => {
    const { issuer } = running.server;
    issuer.policy = { ...issuer.policy, packsPerGrant: 2 };
    return breaking(running);
  };

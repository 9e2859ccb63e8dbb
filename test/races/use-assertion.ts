import { Holder, passLiveness, type RunningIssuer } from '../issuer/running-issuer.ts';
import { importedKeys, residentNumber } from './cast.ts';

/** A check that a holder has passed, and has not told the issuer of. */
export interface PassedCheck {
  id: string;
  assertion: string;
}

/** @param person a number of the cast */
export async function beginCheck(
  running: RunningIssuer,
  { person }: { person: number | undefined },
): Promise<PassedCheck | undefined> {
  if (person === undefined) return undefined;
  const holder = await Holder.create(running, await importedKeys());
  const application = await holder.apply({ identity: residentNumber(person) });
  return { id: application.body.id, assertion: await passLiveness(running, application) };
}

/** Tells of one passed check so many times at once. @returns what each answer came to */
export async function useAssertion(
  running: RunningIssuer,
  { id, assertion, count }: PassedCheck & { count: number },
): Promise<{ came: string; proof: string | undefined }[]> {
  const holder = await Holder.create(running, await importedKeys());
  const path = `/v1/applications/${id}/liveness`;
  return Promise.all(
    Array.from({ length: count }, async () => {
      const answer = await holder.call<{ outcome?: string; proof?: { number: string } }>(
        'POST',
        path,
        { body: { assertion } },
      );
      return {
        came: answer.problem ?? answer.body.outcome ?? '',
        proof: answer.body.proof?.number,
      };
    }),
  );
}

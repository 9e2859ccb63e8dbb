import type { Records } from '../../widget/protocol/messages/holder.ts';
import { sameDayLastMonth } from '../../widget/protocol/shanghai-time.ts';
import { applicationsSince, attemptsSince } from '../store/applications.ts';
import { asState } from './application-state.ts';
import { identityOfSession } from './identities.ts';
import type { HostSession, Issuer } from './issuer.ts';
import { personOf } from './person.ts';

/** How many attempts without a passed check are listed: others can make them too. */
const attemptsListed = 20;

/** A signed-in traveller's applications since the same day of last month, the latest first (R23). */
export async function records(issuer: Issuer, session: HostSession, at: number): Promise<Records> {
  const identity = await identityOfSession(issuer, session);
  const since = sameDayLastMonth(at);
  const person = personOf(issuer.secrets, identity);
  const own = await applicationsSince(issuer.store, person, since);
  const attempts = await attemptsSince(issuer.store, person, since, attemptsListed);
  const rows = [...own, ...attempts].sort((a, b) => b.applied_at - a.applied_at);
  return {
    since,
    records: await Promise.all(
      rows.map(async (row) => ({
        appliedAt: row.applied_at,
        city: issuer.places.cityOf(row.place),
        ...(await asState(issuer.store, row)),
      })),
    ),
  };
}

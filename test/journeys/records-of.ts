import { generateKeyPair, generateProof } from 'dpop';
import { sessionHeader } from '../../widget/protocol/calls.ts';
import type { Me, Records } from '../../widget/protocol/messages/holder.ts';
import type { RunningMock } from './running-mock.ts';

/** What the issuer itself has written down of one of the mock's people. */
export async function recordsOf(
  { host, post }: RunningMock,
  person: string,
): Promise<{ statuses: string[]; applicationsLeft: number }> {
  const keys = await generateKeyPair('ES256');
  const { session } = await post<{ session: string }>('/mock/sessions', { person });
  let nonce: string | undefined;
  const get = async <Body>(path: string): Promise<Body> => {
    for (let tried = 0; ; tried++) {
      const url = host + path;
      const headers = {
        DPoP: await generateProof(keys, url, 'GET', nonce),
        [sessionHeader]: session,
      };
      const response = await fetch(url, { headers });
      nonce = response.headers.get('DPoP-Nonce') ?? undefined;
      if (response.ok) return (await response.json()) as Body;
      if (tried > 0) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    }
  };
  const { records } = await get<Records>('/v1/records');
  const { applicationsLeft } = await get<Me>('/v1/me');
  return { statuses: records.map(({ status }) => status).sort(), applicationsLeft };
}

import { ticketOffice, type TicketOffice } from '../../mock-server/host-app/ticket-office.ts';

/** 12:00 in Shanghai, 20 May 2026; milliseconds since the epoch. */
export const noonMs = Date.UTC(2026, 4, 20, 4);

export const people = [
  {
    id: 'adult',
    label: { zh: '成年旅客', en: 'Adult' },
    note: { zh: '一切正常', en: 'everything is in order' },
  },
  {
    id: 'passport',
    label: { zh: '护照用户', en: 'Passport' },
    note: { zh: '用护照注册', en: 'registered with a passport' },
  },
];
export const trains = [
  {
    train: 'G901',
    from: 'beijing-south',
    to: 'shanghai-hongqiao',
    departsAt: noonMs / 1000 + 2400,
  },
  { train: 'G915', from: 'beijing-south', to: 'jinan-west', departsAt: noonMs / 1000 + 4200 },
];
const stations = [
  { id: 'beijing-south', name: { zh: '北京南站', en: 'Beijing South' } },
  { id: 'shanghai-hongqiao', name: { zh: '上海虹桥站', en: 'Shanghai Hongqiao' } },
  { id: 'jinan-west', name: { zh: '济南西站', en: 'Jinan West' } },
];

/**
 * The answers of the mock's own calls, as its documentation gives them: the server needs Node, and
 * the journeys run against that one.
 */
export function createOffice() {
  const server = {
    online: true,
    offsetMs: 0,
    /** Each request with its body. */
    requests: [] as { call: string; body: unknown }[],
    /** An answer in place of the usual one, by path. */
    instead: new Map<string, () => Response>(),
    send: async (request: Request): Promise<Response> => {
      if (!server.online) throw new TypeError('Failed to fetch');
      const { pathname } = new URL(request.url);
      const body: unknown = request.method === 'POST' ? await request.json() : undefined;
      server.requests.push({ call: `${request.method} ${pathname}`, body });
      return server.instead.get(pathname)?.() ?? Response.json(answer(pathname, body));
    },
  };

  function answer(pathname: string, body: unknown): unknown {
    switch (pathname) {
      case '/mock/people':
        return people;
      case '/mock/stations':
        return stations;
      case '/mock/trains':
        return trains;
      case '/mock/identity-example':
        return { name: '赵安宁', number: '329999199001011234' };
      case '/mock/sessions':
        return { session: `token-${server.requests.length}`, expiresAt: noonMs / 1000 + 900 };
      case '/mock/clock': {
        const { advanceSeconds } = (body ?? { advanceSeconds: 0 }) as {
          advanceSeconds: number | null;
        };
        server.offsetMs = advanceSeconds === null ? 0 : server.offsetMs + advanceSeconds * 1000;
        return { now: noonMs + server.offsetMs, offsetMs: server.offsetMs };
      }
      case '/mock/tickets': {
        const { train, kind } = body as { train: string; kind: string };
        const { from, to } = trains.find((each) => each.train === train) ?? trains[0]!;
        const [validFrom, validUntil] = [noonMs / 1000, noonMs / 1000 + 36_000];
        return { ticket: { id: 'ticket-1', kind, train, from, to, validFrom, validUntil } };
      }
      case '/mock/review/decisions':
        return { decided: 1 };
      default:
        return body ?? {};
    }
  }

  const office: TicketOffice = ticketOffice('https://mock.test', server.send);
  return { ...server, server, office };
}

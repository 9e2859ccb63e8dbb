import '../../widget/entry.ts';
import { Embedded } from './embedded.ts';
import { embeddedId } from './home-view.ts';
import { HostApp } from './host-app.ts';
import { HostPage } from './host-page.ts';
import { addressOf, readRoute, type Route } from './route.ts';
import { readSettings, writeSettings } from './settings.ts';
import { ticketOffice } from './ticket-office.ts';

/** How often the mock's clock is asked for, milliseconds: another page may have moved it. */
const clockMilliseconds = 5_000;
const personKey = 'signed-in-person';

const root = document.querySelector<HTMLElement>('#app');
if (!root) throw new Error('The page has no place for the app.');

const query = new URLSearchParams(location.search);
/** Another origin than this page's shows the component across origins. */
const issuer = query.get('issuer') ?? location.origin;
let opener: Route = { page: 'home' };

const embedded = new Embedded({
  id: embeddedId,
  issuer,
  clock: () => app.now(),
  define: () => import('../../widget/define.ts'),
  heard: (event) => app.heard(event),
  closed: () => app.go(opener),
});
const app = new HostApp(
  {
    office: ticketOffice(issuer, (request) => fetch(request)),
    now: () => Date.now(),
    keepPerson: (id) => {
      if (id === undefined) sessionStorage.removeItem(personKey);
      else sessionStorage.setItem(personKey, id);
    },
    forgetBoardingId: () => embedded.signOut(),
  },
  {
    route: readRoute(location.hash),
    settings: readSettings(query),
    person: sessionStorage.getItem(personKey) ?? undefined,
  },
);
const page = new HostPage(root, app, embedded);

let before = app.state;
app.subscribe(() => {
  const { route, settings } = app.state;
  if (settings !== before.settings) {
    const search = writeSettings(new URLSearchParams(location.search), settings);
    history.replaceState(null, '', `?${search.toString()}${location.hash}`);
  }
  if (route !== before.route) {
    if (before.route.page !== 'boarding-id') opener = before.route;
    if (addressOf(route) !== location.hash) location.hash = addressOf(route);
  }
  before = app.state;
});
addEventListener('hashchange', () => {
  if (addressOf(app.state.route) !== location.hash) app.go(readRoute(location.hash));
});

page.start(new AbortController().signal);
setInterval(() => void app.followClock(), clockMilliseconds);
void app.load();

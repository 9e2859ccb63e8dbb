import { generateKeyPair } from 'dpop';
import { carryOut, type LaneEffect } from './carry-out.ts';
import { createCodeClock } from './code-clock.ts';
import type { CloseReason, CloseSource, Effect, HostEvent } from './effects.ts';
import type { Flow } from './flow.ts';
import { createHolder } from './holder.ts';
import { createIssuerClient } from './issuer-client/issuer-client.ts';
import { createLanes } from './lanes.ts';
import type { PageListeners, Ports } from './ports.ts';
import { createSession } from './session.ts';
import { tellingSlowness } from './slowness.ts';
import { showsCode, type DeepLink, type State } from './state.ts';
import { createStore } from './store.ts';
import { isCheckingAgain, journeyOf } from './transition/step.ts';
import { createVisit } from './visit.ts';
import { createWatch } from './watch.ts';

export interface FlowOptions {
  /** The issuer's origin, as its metadata names it. */
  issuer: string;
  ports: Ports;
  /** @returns false when the host has something against it, which only a `close-request` asks */
  tellHost: (event: HostEvent) => boolean;
}

/** Puts a flow together: the transition function says what happens, the ports make it happen. */
export function createFlow({ issuer, ports, ...host }: FlowOptions): Flow {
  const clock = createCodeClock(ports);
  const holder = createHolder(
    ports.vault,
    () => generateKeyPair('ES256'),
    (kept) => {
      const isNews = !kept && !store.state.known.storageRefused;
      dispatch({ type: 'storage-known', refused: !kept });
      if (isNews) tellHost({ name: 'error', code: 'storage-refused' });
    },
  );
  const session = createSession(ports, tellHost);
  const lanes = createLanes();
  /** While the component is open: its listeners, and the asking who is there. */
  let visiting: AbortController | undefined;
  let recognising: AbortController | undefined;
  /** Settles when it is known whose key to use. */
  let recognised = Promise.resolve();

  const client = createIssuerClient(issuer.replace(/\/+$/, ''), {
    send: ports.send,
    after: ports.after,
    randomUuid: ports.randomUuid,
    key: async () => {
      await isRecognised();
      return holder.key();
    },
    session: async (again) => {
      await isRecognised();
      return session.token(holder.user(), again);
    },
  });
  const store = createStore({
    platform: ports.platform,
    seconds: clock.seconds,
    carryOut: start,
    settled,
  });
  const { dispatch } = store;
  const watch = createWatch({ ports, client, clock, dispatch, visit: () => visiting?.signal });
  const visit = createVisit({ ports, client, holder, session, clock, dispatch });

  function start(effect: Effect): void {
    switch (effect.type) {
      case 'abandon':
        return lanes.abort(effect.lanes);
      case 'drop-grant':
        return holder.dropGrant();
      case 'keep-place':
        return void ports.vault.writePlace(effect.place);
      case 'leave-note':
        return ports.page.leaveNote(effect.guestProofUntil);
      case 'leave':
        return leave(effect.source);
      case 'open-settings':
        return ports.settings.open(effect.of);
      case 'tell-host':
        return void tellHost(effect.event);
      default:
        void startInLane(effect);
    }
  }

  async function startInLane(effect: LaneEffect): Promise<void> {
    const signal = lanes.begin(effect.lane);
    const telling = tellingSlowness(client, effect.lane, ports.after, dispatch);
    const context = { ports, client: telling, holder, clock, recognised: isRecognised };
    const event = await carryOut(effect, context, signal);
    if (!event || signal.aborted) return;
    dispatch(event);
    if (event.type === 'shown') void visit.shareGrant();
  }

  /** How the visit ends if the traveller leaves now. */
  let ending: CloseReason = 'user';

  function tellHost(event: HostEvent): boolean {
    if (event.name === 'opened') ending = 'user';
    if (event.name === 'code-shown') ending = 'finished';
    if (event.name === 'refused' && ending === 'user') ending = 'refused';
    if (event.name === 'issued') ports.haptics('success');
    if (event.name === 'refused') ports.haptics('failure');
    return host.tellHost(event);
  }

  let awake = false;

  function settled(state: State): void {
    watch.settled(state);
    const scanning = visiting !== undefined && isScanning(state);
    if (scanning !== awake) ports.page.scanMode(scanning);
    awake = scanning;
  }

  function recognise(): Promise<void> {
    recognising?.abort();
    recognising = new AbortController();
    recognised = visit.recognise(recognising.signal);
    return recognised;
  }

  /** No browser tells an open page that its data were cleared, so it looks for itself (R19). */
  async function noticeClearedData(): Promise<void> {
    if (await visit.isCleared()) listeners.signedOutElsewhere();
  }

  async function isRecognised(): Promise<void> {
    let seen;
    do await (seen = recognised);
    while (seen !== recognised);
  }

  async function begin(screen: DeepLink, signal: AbortSignal): Promise<void> {
    void recall(signal);
    // Still known from before, if it was not the page that was closed but the component.
    const application = holder.application();
    await recognise();
    const { screen: present, known } = store.state;
    // What the vault brought may be what was asked for.
    const isForm = present.name === 'application' && !present.busy;
    const untouched = (isForm || present.name === 'readiness') && known.showing;
    const meant = screen === 'code' || screen === 'application';
    if (!signal.aborted && untouched && meant) dispatch({ type: 'open', screen });
    if (!signal.aborted && application !== undefined && holder.application() === application) {
      dispatch({ type: 'application-found', id: application });
    }
  }

  async function learnSettings(signal: AbortSignal): Promise<void> {
    const able = await ports.settings.able();
    if (!signal.aborted) dispatch({ type: 'settings-known', able });
  }

  async function recall(signal: AbortSignal): Promise<void> {
    const place = await ports.vault.readPlace();
    if (!signal.aborted) dispatch({ type: 'recalled', place, guestProofUntil: ports.page.note() });
  }

  function leave(source: CloseSource): void {
    if (tellHost({ name: 'close-request', source })) close(ending);
  }

  function close(reason: CloseReason): void {
    if (!visiting) return;
    visiting.abort();
    visiting = undefined;
    recognising?.abort();
    lanes.abortAll();
    if (holder.rests()) settled(store.state);
    else visit.forget('left');
    tellHost({ name: 'closed', reason });
  }

  const listeners: PageListeners = {
    left: () => {
      if (!holder.rests()) visit.forget('left');
    },
    returned: (fromBackForwardCache) => {
      if (fromBackForwardCache && !holder.rests()) visit.forget('left');
      if (fromBackForwardCache || store.state.known.registered === undefined) void recognise();
      else void noticeClearedData();
      watch.look();
      // Back from the settings, perhaps.
      if (store.state.screen.name === 'readiness') dispatch({ type: 'retry' });
      // A sleeping page hears of no change.
      dispatch({ type: 'connection-changed', online: ports.page.online() });
      if (visiting && ports.page.online()) void watch.learnPolicy(visiting.signal);
    },
    connectionChanged: (online) => {
      dispatch({ type: 'connection-changed', online });
      if (visiting && online) void watch.learnPolicy(visiting.signal);
    },
    grantOpenedElsewhere: () => void visit.takeSharedGrant(() => isAtRest(store.state)),
    signedOutElsewhere: () => {
      visit.forget('signed-out');
      void recognise();
    },
  };

  return {
    get state() {
      return store.state;
    },
    subscribe: store.subscribe,
    send(event) {
      // First, since fresh codes would go back into the vault.
      if (event.type !== 'refresh' || !holder.isKept()) dispatch(event);
      else void noticeClearedData().then(() => dispatch(event));
    },
    serverNow: clock.serverNow,
    open(screen) {
      if (visiting) return dispatch({ type: 'open', screen });
      visiting = new AbortController();
      const { signal } = visiting;
      ports.page.listen(listeners, signal);
      tellHost({ name: 'opened', screen });
      dispatch({ type: 'connection-changed', online: ports.page.online() });
      const before = store.state;
      dispatch({ type: 'open', screen });
      // A registered user's is still there from the last visit: nothing has changed but that it is seen.
      if (showsCode(before) && showsCode(store.state)) tellHost({ name: 'code-shown' });
      void begin(screen, signal);
      void learnSettings(signal);
      void watch.learnPolicy(signal);
    },
    close: () => close('host'),
    signOut() {
      // What it has read from the vault must not come back.
      recognising?.abort();
      return visit.signOut();
    },
    sessionChanged() {
      void recognise();
    },
  };
}

/** Nothing is under way that hangs on the present key. */
function isAtRest({ screen }: State): boolean {
  const journey = journeyOf(screen);
  if (journey.name === 'application') return !journey.busy;
  return journey.name === 'services' || (journey.name === 'code' && !isCheckingAgain(journey));
}

const isScanning = ({ screen }: State): boolean => screen.name === 'code' && screen.scan;

import { showingStatus, windowsOf, type CodeClock } from './code-clock.ts';
import type { FlowEvent } from './events.ts';
import type { Holder } from './holder.ts';
import type { IssuerClient } from './issuer-client/issuer-client.ts';
import type { Ports } from './ports.ts';
import type { Session, SessionAnswer } from './session.ts';
import type { StoredGrant, VaultContent } from './vault.ts';

export interface VisitContext {
  ports: Pick<Ports, 'vault' | 'page'>;
  client: IssuerClient;
  holder: Holder;
  session: Session;
  clock: CodeClock;
  dispatch: (event: FlowEvent) => void;
}

/** Whose visit this is, and what of them rests on this phone. */
export interface Visit {
  /** Asks the host who is signed in, and lets go of whoever is not any more (R19). */
  recognise: (signal: AbortSignal) => Promise<void>;
  /** What lay in the vault is gone, though nothing here has let go of it: the data were cleared. */
  isCleared: () => Promise<boolean>;
  /** A grant has been opened here: the other tabs' may have ended by it, so they are to show this one or ask. */
  shareGrant: () => Promise<void>;
  /**
   * Another tab has opened a grant: only the latest of them lives, and a registered user's is shown here too. Not while
   * something hangs on the key of this tab: what that comes to will be the latest then.
   */
  takeSharedGrant: (isAtRest: () => boolean) => Promise<void>;
  /** The page was left (R18), or another tab has signed out (R19): nothing stays in memory. */
  forget: (because: 'left' | 'signed-out') => void;
  /** Nothing stays anywhere; this key's grants are revoked as far as the network allows (R19). */
  signOut: () => Promise<void>;
}

export function createVisit(context: VisitContext): Visit {
  const { ports, client, holder, session, clock, dispatch } = context;

  async function recognise(signal: AbortSignal): Promise<void> {
    const answer = await session.ask();
    const content = await ports.vault.read();
    if (signal.aborted) return;
    if (answer.status === 'not-given') {
      dispatch({ type: 'session-known', registered: false });
      return;
    }
    const former = holder.user() ?? content?.user;
    const present = presentUser(answer, former);
    if (former !== undefined && former !== present) {
      await letGo(content, holder.user() !== undefined).here;
      if (signal.aborted) return;
    } else if (holder.isKept() && !content) {
      // Another tab has signed out, or the browser's data were cleared.
      forget('signed-out');
    } else if (holder.user() === undefined && present !== undefined && holder.presentKey()) {
      // A guest signs in: what was shown need not be the user's.
      forget('left');
    }

    holder.belongTo(present);
    dispatch({ type: 'session-known', registered: present !== undefined });
    if (answer.status === 'unreadable') {
      dispatch({ type: 'refused', lane: 'start', refusal: { code: 'session-required' } });
    }
    if (content && content.user === present && !holder.presentKey()) restore(content);
  }

  /** A reload within R17 finds the code again (R19), and an application its outcome (B6). */
  function restore(content: VaultContent): void {
    holder.adopt(content);
    const { grant, application } = content;
    if (grant) {
      clock.restore(grant.clockOffset);
      const windows = windowsOf(grant.codes);
      const status = showingStatus({ ...grant, grantExpiresAt: grant.expiresAt }, clock.seconds());
      if (!windows || status !== 'live') holder.dropGrant();
      if (windows && status !== 'proof-ended') {
        dispatch({
          type: 'restored',
          showing: {
            proof: grant.proof,
            holder: undefined,
            grantExpiresAt: grant.expiresAt,
            windows: status === 'live' ? windows : [],
          },
        });
      }
    }
    if (application !== undefined) dispatch({ type: 'application-found', id: application });
  }

  async function shareGrant(): Promise<void> {
    await holder.written();
    if (holder.isKept() || isGuest()) ports.page.tellGrantOpened();
  }

  const isGuest = (): boolean => holder.user() === undefined && holder.grant() !== undefined;

  async function takeSharedGrant(isAtRest: () => boolean): Promise<void> {
    // A guest's is not shared, but may have ended this one, if it is the same person's: the issuer knows.
    if (isGuest() && ports.page.online()) return dispatch({ type: 'refresh' });
    if ((await sharedGrant(isAtRest)) === undefined) return;
    const mine = holder.grant();
    // Answers can come in another order than the issuer has decided in: it is asked which one lives.
    const lives = mine !== undefined && (await isLive(mine));
    const content = await sharedGrant(isAtRest);
    if (!content || holder.grant() !== mine) return;
    if (!lives) return restore(content);
    holder.setGrant(mine);
    await shareGrant();
  }

  /** What lies in the vault, if it holds another grant of the same user. */
  async function sharedGrant(isAtRest: () => boolean): Promise<VaultContent | undefined> {
    const content = await ports.vault.read();
    const isShared =
      content?.grant !== undefined &&
      content.user === holder.user() &&
      content.grant.token !== holder.grant()?.token;
    return isShared && isAtRest() ? content : undefined;
  }

  async function isLive({ token }: StoredGrant): Promise<boolean> {
    const { signal } = new AbortController();
    const answer = await client.call('codes', { grant: token, body: {}, signal });
    // All its packs may be out.
    return answer.ok || answer.refusal.code === 'rate-limited';
  }

  function forget(because: 'left' | 'signed-out'): void {
    holder.forget();
    dispatch({ type: 'forgotten', because });
  }

  /**
   * Here at once, so that a slow network keeps no code on the screen; at the issuer as soon as it
   * can be reached.
   */
  function letGo(content: VaultContent | undefined, tellScreen: boolean) {
    const keys = [holder.presentKey(), content?.key].filter((key) => key !== undefined);
    const signal = new AbortController().signal;
    const atIssuer = Promise.all(
      keys.map((key) => client.call('signOut', { key, keepalive: true, signal })),
    );
    if (tellScreen) dispatch({ type: 'forgotten', because: 'signed-out' });
    const here = holder.clear().then(() => ports.page.tellSignedOut());
    return { here, atIssuer };
  }

  return {
    recognise,
    shareGrant,
    takeSharedGrant,
    isCleared: async () => {
      const grant = holder.grant();
      // When it has ended, the tab that saw it first has emptied the vault (R17).
      if (!holder.isKept() || (grant && grant.expiresAt <= clock.seconds())) return false;
      return (await ports.vault.isEmpty()) && holder.isKept();
    },
    forget,
    signOut: async () => {
      const { here, atIssuer } = letGo(await ports.vault.read(), true);
      dispatch({ type: 'session-known', registered: false });
      await here;
      await atIssuer;
    },
  };
}

/** A host that cannot say now has not said that anything changed: the code goes on offline (B1). */
function presentUser(answer: SessionAnswer, former: string | undefined): string | undefined {
  if (answer.status === 'signed-in') return answer.user;
  return answer.status === 'unknown' ? former : undefined;
}

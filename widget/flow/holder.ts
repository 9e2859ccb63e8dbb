import type { StoredGrant, Vault, VaultContent } from './vault.ts';

/**
 * The holder's side of the protocol: whose key, grant and pack are on this phone. In memory always;
 * in the vault as well for a registered user, where the browser allows it (R18, R19).
 */
export interface Holder {
  /** The registered user; none for a guest. */
  user: () => string | undefined;
  belongTo: (user: string | undefined) => void;
  /** Made at first use; a registered user's other tabs use the same. @throws where none can be made */
  key: () => Promise<CryptoKeyPair>;
  /** The key if there is one. */
  presentKey: () => CryptoKeyPair | undefined;
  grant: () => StoredGrant | undefined;
  /** Takes over what the vault had. */
  adopt: (content: VaultContent) => void;
  setGrant: (grant: StoredGrant) => void;
  /** R17: key, grant and pack go. An application under review keeps its key, to be asked about. */
  dropGrant: () => void;
  setApplication: (id: string | undefined) => void;
  /** The application under way, if its outcome is not known. */
  application: () => string | undefined;
  /** What has been set so far lies in the vault, as far as the browser allows. */
  written: () => Promise<void>;
  /** Whether a registered user may leave without losing anything. False means: by guest rules. */
  rests: () => boolean;
  /** Something of ours lies in the vault. */
  isKept: () => boolean;
  /** Nothing stays in memory. What lies in the vault stays there. */
  forget: () => void;
  /** Nothing stays anywhere (R19). */
  clear: () => Promise<void>;
}

/** @param keptOrRefused told of each writing whether the browser keeps it */
export function createHolder(
  vault: Vault,
  makeKey: () => Promise<CryptoKeyPair>,
  keptOrRefused: (kept: boolean) => void,
): Holder {
  let user: string | undefined;
  let key: Promise<CryptoKeyPair> | undefined;
  let made: CryptoKeyPair | undefined;
  let grant: StoredGrant | undefined;
  let application: string | undefined;
  let writeRefused = false;
  let kept = false;
  /** Writes follow each other, so that a late one never brings back what was cleared. */
  let writing = Promise.resolve();
  let generation = 0;

  function forget(): void {
    generation++;
    user = key = made = grant = application = undefined;
    writeRefused = kept = false;
  }

  /** @param ended token of the grant that goes, if it is nothing else that goes */
  function keep(ended?: string): void {
    if (user === undefined) return;
    const mine = generation;
    const content =
      made && (grant ?? application) ? { user, key: made, grant, application } : undefined;
    writing = writeAfter(writing, content, mine, ended);
  }

  async function writeAfter(
    before: Promise<void>,
    content: VaultContent | undefined,
    mine: number,
    ended: string | undefined,
  ): Promise<void> {
    await before;
    if (mine !== generation) return;
    // What has ended here need not be what lies there: another tab may have opened a grant since.
    if (!content && ended && (await vault.read())?.grant?.token !== ended) return;
    if (mine !== generation) return;
    const done = await vault.write(content);
    if (mine !== generation) return;
    kept = done && content !== undefined;
    writeRefused = content !== undefined && !done;
    if (content) keptOrRefused(done);
  }

  async function findKey(): Promise<CryptoKeyPair> {
    const mine = generation;
    const content = user === undefined ? undefined : await vault.read();
    const found = content?.user === user ? content?.key : undefined;
    const pair = found ?? (await makeKey());
    if (mine === generation) made = pair;
    return pair;
  }

  return {
    user: () => user,
    belongTo: (next) => {
      user = next;
    },
    key: () => {
      if (key) return key;
      const finding = findKey();
      key = finding;
      finding.catch(() => {
        // Another try may find what this one did not.
        if (key === finding) key = undefined;
      });
      return finding;
    },
    presentKey: () => made,
    grant: () => grant,
    adopt: (content) => {
      ({ user, grant, application } = content);
      made = content.key;
      key = Promise.resolve(made);
      kept = true;
    },
    setGrant: (next) => {
      grant = next;
      keep();
    },
    dropGrant: () => {
      const ended = grant?.token;
      grant = undefined;
      if (application === undefined) {
        key = made = undefined;
        kept = false;
      }
      keep(ended);
    },
    setApplication: (id) => {
      if (id === application) return;
      application = id;
      keep();
    },
    application: () => application,
    written: () => writing,
    rests: () => user !== undefined && !writeRefused,
    isKept: () => kept,
    forget,
    clear: async () => {
      forget();
      writing = writing.then(async () => {
        await vault.clear();
      });
      await writing;
    },
  };
}

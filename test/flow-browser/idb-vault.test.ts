import { expect } from 'chai';
import { generateKeyPair, generateProof } from 'dpop';
import { openDB } from 'idb';
import { createIdbVault } from '../../widget/flow/idb-vault.ts';
import type { VaultContent } from '../../widget/flow/vault.ts';
import { place } from '../elements/states.ts';

const name = 'boarding-id-test';

/** What each use of the database waits for at most; called by the test that wants to wait no more. */
let watchdogs: (() => void)[] = [];
const vaultOf = (database: string) =>
  createIdbVault((_milliseconds, callback) => {
    watchdogs.push(callback);
    return () => {
      watchdogs = watchdogs.filter((each) => each !== callback);
    };
  }, database);

const content = async (change: Partial<VaultContent> = {}): Promise<VaultContent> => ({
  user: 'user-1',
  key: await generateKeyPair('ES256'),
  grant: undefined,
  application: 'a1',
  ...change,
});

describe('the vault in IndexedDB', () => {
  afterEach(async () => {
    await vaultOf(name).clear();
  });

  it('R19: gives back after a reload what was put in, and the key still signs', async () => {
    const kept = await content();
    expect(await vaultOf(name).write(kept)).to.equal(true);
    const read = await vaultOf(name).read();
    expect(read?.user).to.equal('user-1');
    expect(read?.application).to.equal('a1');
    const proof = await generateProof(read!.key, 'https://issuer.example/v1/me', 'GET');
    expect(proof.split('.')).to.have.length(3);
  });

  it('the key stays non-extractable', async () => {
    await vaultOf(name).write(await content());
    const { privateKey } = (await vaultOf(name).read())!.key;
    expect(privateKey.extractable).to.equal(false);
    let refused = false;
    await crypto.subtle.exportKey('pkcs8', privateKey).catch(() => {
      refused = true;
    });
    expect(refused).to.equal(true);
  });

  it('R19: is empty once cleared, and holds one user at a time', async () => {
    const vault = vaultOf(name);
    await vault.write(await content());
    await vault.write(await content({ user: 'user-2' }));
    expect((await vault.read())?.user).to.equal('user-2');
    expect(await vault.isEmpty()).to.equal(false);
    expect(await vault.clear()).to.equal(true);
    expect(await vault.read()).to.equal(undefined);
    expect(await vault.isEmpty()).to.equal(true);
  });

  it('R18: what cannot be cloned is refused by a value, not by an exception', async () => {
    const vault = vaultOf(name);
    const uncloneable = { ...(await content()), user: (() => '') as unknown as string };
    expect(await vault.write(uncloneable)).to.equal(false);
    expect(await vault.read()).to.equal(undefined);
  });

  it('a database of a later version is left alone: nothing read, nothing written', async () => {
    const later = 'boarding-id-test-later';
    (await openDB(later, 2)).close();
    const vault = vaultOf(later);
    expect(await vault.read()).to.equal(undefined);
    expect(await vault.write(await content())).to.equal(false);
    expect(await vault.clear()).to.equal(false);
    expect(await vault.isEmpty()).to.equal(false);
  });

  it('B1: keeps the place last found, beside whatever user there is, until everything is cleared', async () => {
    const vault = vaultOf(name);
    expect(await vault.writePlace(place)).to.equal(true);
    await vault.write(await content());
    await vault.write(undefined);
    expect(await vault.read()).to.equal(undefined);
    expect(await vaultOf(name).readPlace()).to.deep.equal(place);
    await vault.clear();
    expect(await vault.readPlace()).to.equal(undefined);
  });

  it('R18: a key that the browser does not store, and a full disk, are refused by a value', async () => {
    const vault = vaultOf(name);
    const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')!;
    try {
      for (const error of ['DataCloneError', 'QuotaExceededError']) {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException('refused by the test', error);
        };
        expect(await vault.write(await content()), error).to.equal(false);
      }
    } finally {
      Object.defineProperty(IDBObjectStore.prototype, 'put', put);
    }
    expect(await vault.read()).to.equal(undefined);
  });

  it('R18: a database that never answers is taken for none', async () => {
    const stuck = 'boarding-id-test-stuck';
    const inTheWay = await openDB(stuck, 1);
    // Deleting waits for that connection, and whoever opens waits for the deletion.
    const deletion = indexedDB.deleteDatabase(stuck);
    await new Promise((resolve) => deletion.addEventListener('blocked', resolve));
    const writing = vaultOf(stuck).write(await content());
    expect(watchdogs).to.have.length(1);
    for (const giveUp of watchdogs) giveUp();
    expect(await writing).to.equal(false);
    inTheWay.close();
  });

  it('leaves no connection open that would stand in another tab’s way', async () => {
    await vaultOf(name).write(await content());
    const deleted = await new Promise<string>((resolve) => {
      const request = indexedDB.deleteDatabase(name);
      request.addEventListener('success', () => resolve('deleted'));
      request.addEventListener('blocked', () => resolve('blocked'));
    });
    expect(deleted).to.equal('deleted');
  });
});

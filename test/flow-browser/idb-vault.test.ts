import { expect } from 'chai';
import { generateKeyPair, generateProof } from 'dpop';
import { openDB } from 'idb';
import { createIdbVault } from '../../widget/flow/idb-vault.ts';
import type { VaultContent } from '../../widget/flow/vault.ts';

const name = 'boarding-id-test';

const content = async (change: Partial<VaultContent> = {}): Promise<VaultContent> => ({
  user: 'user-1',
  key: await generateKeyPair('ES256'),
  grant: undefined,
  application: 'a1',
  ...change,
});

describe('the vault in IndexedDB', () => {
  afterEach(async () => {
    await createIdbVault(name).clear();
  });

  it('R19: gives back after a reload what was put in, and the key still signs', async () => {
    const kept = await content();
    expect(await createIdbVault(name).write(kept)).to.equal(true);
    const read = await createIdbVault(name).read();
    expect(read?.user).to.equal('user-1');
    expect(read?.application).to.equal('a1');
    const proof = await generateProof(read!.key, 'https://issuer.example/v1/me', 'GET');
    expect(proof.split('.')).to.have.length(3);
  });

  it('the key stays non-extractable', async () => {
    await createIdbVault(name).write(await content());
    const { privateKey } = (await createIdbVault(name).read())!.key;
    expect(privateKey.extractable).to.equal(false);
    let refused = false;
    await crypto.subtle.exportKey('pkcs8', privateKey).catch(() => {
      refused = true;
    });
    expect(refused).to.equal(true);
  });

  it('R19: is empty once cleared, and holds one user at a time', async () => {
    const vault = createIdbVault(name);
    await vault.write(await content());
    await vault.write(await content({ user: 'user-2' }));
    expect((await vault.read())?.user).to.equal('user-2');
    expect(await vault.isEmpty()).to.equal(false);
    expect(await vault.clear()).to.equal(true);
    expect(await vault.read()).to.equal(undefined);
    expect(await vault.isEmpty()).to.equal(true);
  });

  it('R18: what cannot be cloned is refused by a value, not by an exception', async () => {
    const vault = createIdbVault(name);
    const uncloneable = { ...(await content()), user: (() => '') as unknown as string };
    expect(await vault.write(uncloneable)).to.equal(false);
    expect(await vault.read()).to.equal(undefined);
  });

  it('a database of a later version is left alone: nothing read, nothing written', async () => {
    const later = 'boarding-id-test-later';
    (await openDB(later, 2)).close();
    const vault = createIdbVault(later);
    expect(await vault.read()).to.equal(undefined);
    expect(await vault.write(await content())).to.equal(false);
    expect(await vault.clear()).to.equal(false);
    expect(await vault.isEmpty()).to.equal(false);
  });

  it('leaves no connection open that would stand in another tab’s way', async () => {
    await createIdbVault(name).write(await content());
    const deleted = await new Promise<string>((resolve) => {
      const request = indexedDB.deleteDatabase(name);
      request.addEventListener('success', () => resolve('deleted'));
      request.addEventListener('blocked', () => resolve('blocked'));
    });
    expect(deleted).to.equal('deleted');
  });
});

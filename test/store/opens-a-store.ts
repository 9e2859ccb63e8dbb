import { openStore, type StoreOptions } from '../../mock-server/store/open-store.ts';

/** A server's start in a process of its own: opens the store when told to, and tells how it went. */
const place = JSON.parse(process.argv[2] ?? '{}') as StoreOptions;
process.once('message', async () => {
  try {
    const store = await openStore(place);
    await store.destroy();
    process.send?.('opened');
  } catch (thrown) {
    process.send?.(String(thrown));
  }
  process.disconnect();
});
process.send?.('ready');

import type { Stored } from '../stored.ts';
import type { Options } from '../stored-options.ts';

/** Changes some of the options. @throws when the browser does not store them */
export type ChangeOptions = (change: (options: Options) => Options) => Promise<void>;

/** One change after the other, each on what is stored by then, so that none undoes the last. */
export function changesTo(options: Stored<Options>): ChangeOptions {
  let last: Promise<void> = Promise.resolve();
  return (change) => {
    const mine = last.then(async () => options.write(change(await options.read())));
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** The options without whoever was signed in. */
export function withoutSignIn(options: Options): Options {
  const others = { ...options };
  delete others.signedIn;
  return others;
}

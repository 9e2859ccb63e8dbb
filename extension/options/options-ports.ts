import type { Ports } from '../../widget/index.ts';
import type { Stored } from '../stored.ts';
import type { Options } from '../stored-options.ts';
import type { ProofTimes } from '../stored-times.ts';
import type { ChangeOptions } from './change-options.ts';
import type { PermissionsPort } from './permissions.ts';

/** What the page works with: the browser's own in the extension, a test's by hand. */
export interface OptionsPorts {
  options: Stored<Options>;
  change: ChangeOptions;
  times: Stored<ProofTimes | undefined>;
  /** Empties every storage of the extension but the vault. */
  clearStorage: () => Promise<void>;
  permissions: PermissionsPort;
  /** The component's, without anybody being signed in. */
  component: Ports;
  /** Whether a surface shows a code now, a guest's too, which lies in no vault. */
  isCodeOpen: () => Promise<boolean>;
  /** By RFC 5646. */
  browserLanguage: string;
  /** Of the extension. */
  version: string;
}

/** For a page without a bundler: both elements registered, and the bridge at hand, in one file. */

import './define.ts';
import './entry.ts';
export * from './bridge.ts';

import { browser } from '../browser.ts';
import { startBackground } from './background.ts';

startBackground(browser, () => Date.now(), navigator.locks);

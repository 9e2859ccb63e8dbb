import { browser } from '../browser.ts';

void browser;

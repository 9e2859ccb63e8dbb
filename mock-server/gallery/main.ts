import { readSettings, writeSettings, type Settings } from '../host-app/settings.ts';
import { drawGallery } from './gallery-page.ts';

const root = document.querySelector<HTMLElement>('#gallery');
if (!root) throw new Error('The page has no place for the gallery.');

let settings = readSettings(new URLSearchParams(location.search));

function draw(change: Partial<Settings> = {}): void {
  settings = { ...settings, ...change };
  const search = writeSettings(new URLSearchParams(location.search), settings);
  history.replaceState(null, '', `?${search.toString()}`);
  drawGallery(root!, settings, draw);
}

draw();
// Sixteen components would each take the focus to its heading, and the last would have it.
root.querySelector('h1')?.focus();

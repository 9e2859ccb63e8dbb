import { readSettings, writeSettings } from '../host-app/settings.ts';
import { drawEmbedding, type Heard, type Scene } from './embedding-page.ts';
import { sourceOf, ways } from './ways.ts';

const root = document.querySelector<HTMLElement>('#embedding');
if (!root) throw new Error('The page has no place for the examples.');

const settings = readSettings(new URLSearchParams(location.search));
let scene: Scene = { language: settings.language, heard: {}, source: {} };

function draw(change: Partial<Scene> = {}): void {
  scene = { ...scene, ...change };
  drawEmbedding(root!, scene, switchLanguage);
}

function switchLanguage(): void {
  const language = scene.language === 'zh' ? 'en' : 'zh';
  const query = new URLSearchParams(location.search);
  const search = writeSettings(query, { ...settings, language });
  history.replaceState(null, '', `?${search.toString()}`);
  draw({ language, heard: {} });
}

addEventListener('message', ({ origin, source, data }) => {
  if (origin !== location.origin) return;
  const frames = [...root.querySelectorAll('iframe')];
  const way = ways[frames.findIndex(({ contentWindow }) => contentWindow === source)];
  if (!way) return;
  const heard: Heard = { ...(data as Pick<Heard, 'name' | 'detail'>), at: Date.now() };
  draw({ heard: { ...scene.heard, [way.name]: [...(scene.heard[way.name] ?? []), heard] } });
});

const read = async (file: string): Promise<string> =>
  (await fetch(`/embedding/${file}.txt`)).text();
for (const { name, sources } of ways) {
  void sourceOf(sources, read).then((source) =>
    draw({ source: { ...scene.source, [name]: source } }),
  );
}

draw();

/** The ways to embed the component, each a page of its own, with the files it is made of. */
export const ways = [
  { name: 'module', sources: ['module/index.html', 'module/main.ts'] },
  { name: 'script-tag', sources: ['script-tag/index.html'] },
  {
    name: 'frame',
    sources: [
      'frame/index.html',
      'frame/main.ts',
      'component/index.html',
      'component/main.ts',
      'session.ts',
    ],
  },
  { name: 'frame-forgotten', sources: ['frame-forgotten/index.html'] },
  { name: 'react', sources: ['react/main.tsx', 'session.ts'] },
  { name: 'vue', sources: ['vue/main.ts', 'session.ts'] },
] as const satisfies readonly { name: string; sources: readonly string[] }[];
export type WayName = (typeof ways)[number]['name'];

/** What is in the examples for this page alone, which nobody should copy. */
const forThisPage = / *<!-- For the page of examples.*?<\/script>\n/s;
/** Of a page of HTML, its scripts and its body: the rest is as in every page. */
const scriptsAndBody = /^.*example\.css" \/>\n(.*?)  <\/head>\n  <body>\n(.*?)  <\/body>.*$/s;

/** What is to be copied of the files of a page, each under its name. */
export async function sourceOf(
  sources: readonly string[],
  read: (file: string) => Promise<string>,
): Promise<string> {
  const texts = await Promise.all(sources.map(read));
  return texts
    .map((text, index) => {
      const copied = text.replace(forThisPage, '').replace(scriptsAndBody, '$1$2');
      const edge = /^ */.exec(copied)?.[0] ?? '';
      return `── ${sources[index]}\n\n${copied.replaceAll(`\n${edge}`, '\n').trim()}\n`;
    })
    .join('\n');
}

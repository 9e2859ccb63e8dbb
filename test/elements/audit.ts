import axe from 'axe-core';
import { clear, shellAt } from './fixture.ts';
import { states } from './states.ts';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe has against an element, one line each with where; empty when nothing. */
export async function violations(element: Element): Promise<string[]> {
  // As for a traveller who has scrolled: nothing lies under the bar at the foot.
  window.scrollTo(0, document.documentElement.scrollHeight);
  const { violations: found } = await axe.run(element, {
    runOnly: tags,
    // Of the page around, which is the test's own and empty.
    rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
  });
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html} ${any.map(({ message }) => message).join()}`),
  );
}

/** Audits every state whose name begins so, in both themes and languages. */
export function auditStates(prefix: string): void {
  const names = Object.keys(states).filter((name) => name.startsWith(prefix));
  if (names.length === 0) throw new Error(`No state begins with ${prefix}.`);
  for (const name of names) {
    for (const scheme of ['light', 'dark'] as const) {
      it(`passes axe: ${name}, ${scheme}`, async () => {
        const state = states[name];
        if (!state) throw new Error(name);
        const found: string[] = [];
        for (const lang of ['zh', 'en']) {
          found.push(...(await violations(await shellAt(state, { lang, scheme }))));
          clear();
        }
        if (found.length > 0) throw new Error(found.join('\n'));
      });
    }
  }
}

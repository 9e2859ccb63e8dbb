/**
 * What a user does in the browser's own menus, and what the browser does when memory runs out. A tab
 * asks for it by `?menu=<action>` in its address; `#done` is the answer.
 */
const isFirefox = navigator.userAgent.includes('Firefox');
const { tabs, browsingData } = isFirefox ? browser : chrome;

const actions = {
  'clear-http-cache': () => browsingData.removeCache({}),

  'clear-site-data': (menu) => {
    // Firefox knows hosts without their ports, so there everybody's data go.
    const where = isFirefox ? {} : { origins: [new URL(menu.url).origin] };
    return browsingData.remove(where, { cookies: true, indexedDB: true, localStorage: true });
  },

  'discard-tab': async (menu) => {
    const left = await otherTab(menu);
    await tabs.discard(left.id);
    const { discarded } = await otherTab(menu);
    if (!discarded) throw new Error('The tab is not discarded.');
  },

  'return-to-tab': async (menu) => {
    const { id } = await otherTab(menu);
    await tabs.update(id, { active: true });
  },
};

/** The only other tab of the same origin; a discarded tab may come back under another id. */
async function otherTab(menu) {
  const { origin } = new URL(menu.url);
  const all = await tabs.query({});
  return all.find(({ id, url }) => id !== menu.id && url?.startsWith(`${origin}/`));
}

tabs.onUpdated.addListener(async (_id, { status }, tab) => {
  if (status !== 'complete' || !tab.url) return;
  const { searchParams, hash } = new URL(tab.url);
  const action = actions[searchParams.get('menu')];
  if (!action || hash) return;
  await action(tab);
  await tabs.update(tab.id, { url: `${tab.url}#done` });
});

import { deepLinks, type DeepLink } from '../../widget/flow/state.ts';

const pages = ['home', 'buy', 'tickets', 'more', 'services', 'account'] as const;
export type PageName = (typeof pages)[number];

export type Route = { page: PageName } | { page: 'boarding-id'; screen: DeepLink };

/** Reads the part of the address after `#`; whatever it does not know is the home page. */
export function readRoute(hash: string): Route {
  const [name, screen] = hash.replace(/^#\/?/, '').split('/');
  if (name === 'boarding-id') {
    return { page: name, screen: deepLinks.find((link) => link === screen) ?? 'services' };
  }
  return { page: pages.find((page) => page === name) ?? 'home' };
}

export const addressOf = (route: Route): string =>
  route.page === 'boarding-id' ? `#/boarding-id/${route.screen}` : `#/${route.page}`;

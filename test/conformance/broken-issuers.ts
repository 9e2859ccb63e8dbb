import { areas } from '../../mock-server/conformance/areas.ts';
import type { Area } from '../../mock-server/conformance/check.ts';
import { applications } from '../../mock-server/conformance/checks/applications.ts';
import { everyAnswer } from '../../mock-server/conformance/checks/every-answer.ts';
import { ofAnswers } from './broken/answers.ts';
import { ofChain } from './broken/chain.ts';
import { ofCodes } from './broken/codes.ts';
import { ofGates } from './broken/gates.ts';
import { ofGrants } from './broken/grants.ts';
import { ofLiveness } from './broken/liveness.ts';
import { ofLists } from './broken/lists.ts';
import { ofLooks } from './broken/looks.ts';
import { ofPrivacy } from './broken/privacy.ts';
import { ofProofs } from './broken/proofs.ts';
import { ofTokens } from './broken/tokens.ts';
import type { BrokenIssuer } from './examined.ts';

/** Our issuer, broken in one way after the other in what holders ask. */
export const brokenForHolders: readonly BrokenIssuer[] = [
  ...ofProofs,
  ...ofCodes,
  ...ofTokens,
  ...ofGrants,
  ...ofChain,
  ...ofLiveness,
  ...ofPrivacy,
  ...ofAnswers,
];

/** And in what only gates and crews ask: nothing else can tell. */
const brokenForGates: readonly BrokenIssuer[] = [...ofLists, ...ofGates, ...ofLooks];

export const brokenIssuers: readonly BrokenIssuer[] = [...brokenForHolders, ...brokenForGates];

const tellsOf = ({ checks }: Area, { fails }: BrokenIssuer): boolean =>
  checks.some(({ name }) => fails.includes(name));

const isOfGates = ({ what }: BrokenIssuer): boolean =>
  brokenForGates.some((other) => other.what === what);

/** What each is asked with every run of the tests: what it breaks, with what stands beside that. */
export const askedOf = (broken: BrokenIssuer): readonly Area[] => {
  if (!isOfGates(broken)) {
    return areas.filter(
      (area) => area === applications || area === everyAnswer || tellsOf(area, broken),
    );
  }
  return areas.map(({ title, checks }) => ({
    title,
    checks: checks.filter(({ name }) => broken.fails.includes(name)),
  }));
};

/** And the rest, in the slow suite, of those that break what holders ask. */
export const otherwiseAskedOf = (broken: BrokenIssuer): readonly Area[] =>
  areas.filter((area) => area !== applications && !tellsOf(area, broken));

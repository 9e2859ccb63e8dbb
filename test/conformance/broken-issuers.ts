import { ofAnswers } from './broken/answers.ts';
import { ofChain } from './broken/chain.ts';
import { ofCodes } from './broken/codes.ts';
import { ofGrants } from './broken/grants.ts';
import { ofLiveness } from './broken/liveness.ts';
import { ofPrivacy } from './broken/privacy.ts';
import { ofProofs } from './broken/proofs.ts';
import type { BrokenIssuer } from './examined.ts';

/** Our issuer, broken in one way after the other. */
export const brokenIssuers: readonly BrokenIssuer[] = [
  ...ofProofs,
  ...ofCodes,
  ...ofGrants,
  ...ofChain,
  ...ofLiveness,
  ...ofPrivacy,
  ...ofAnswers,
];

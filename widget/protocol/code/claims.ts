/** The `typ` of a code: no other token of the system carries it. */
export const codeType = 'bid';

/** Longest text the check reads, in characters; a code itself has at most 260. */
export const longestText = 1024;

/** What a code carries, and nothing else. Instants are whole seconds since the epoch. */
export interface CodeClaims {
  /** The grant's public id, 8 characters, then a counter in base 36. */
  jti: string;
  /** Pseudonym of the person on the service day of `nbf`: 128 bit, base64url. */
  sub: string;
  nbf: number;
  exp: number;
}

/** The public id of the grant a code was issued under: what the denylist names. */
export const grantIdOf = (claims: CodeClaims): string => claims.jti.slice(0, 8);

export const jtiFor = (grantId: string, counter: number): string => grantId + counter.toString(36);

/** The one spelling of a code's header; `parse.ts` reads no other. */
export const headerText = (kid: string): string => `{"alg":"ES256","kid":"${kid}","typ":"bid"}`;

/** The one spelling of a code's claims; `parse.ts` reads no other. */
export const claimsText = ({ jti, sub, nbf, exp }: CodeClaims): string =>
  `{"jti":"${jti}","sub":"${sub}","nbf":${nbf},"exp":${exp}}`;

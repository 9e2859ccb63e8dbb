import type { Generated } from 'kysely';

/**
 * The tables of the one SQL store. Instants are whole seconds since the epoch. `person` is a keyed
 * HMAC of document type and number, so that the count of applications survives erasing identity.
 */
export interface Schema {
  /** Who a person is, sealed; erased when nothing needs it any more. */
  identities: { person: string; sealed: string; stored_at: number };
  proofs: ProofRow;
  grants: GrantRow;
  applications: ApplicationRow;
  liveness_checks: LivenessCheckRow;
  /** Answers kept for whoever asks again with the same `Idempotency-Key`. */
  idempotency_keys: {
    /** Key thumbprint, method and path. */
    scope: string;
    key: string;
    /** Hash of the request's body. */
    fingerprint: string;
    started_at: number;
    /** Sealed; absent while the first request is still under way. */
    answer: string | null;
    /** Public id of the grant in the answer: once that is revoked, the answer is not given again. */
    grant_id: string | null;
  };
  /** `jti` of the DPoP proofs seen, hashed, for the life of a nonce. */
  seen_dpop_proofs: { jti_hash: string; seen_at: number };
  signing_keys: SigningKeyRow;
  /** Symmetric keys that servers on one store share. */
  secrets: { name: string; value: string };
  settings: { name: string; value: string };
  tickets: TicketRow;
  /** A ticket stands under every service day and both stations it can be used at. */
  manifest_rows: { station: string; day: string; ticket_id: string; sub: string };
  code_uses: { jti: string; purpose: string; lane: string; ticket_id: string; used_at: number };
  /** What was done with a ticket: a chain as the proofs are. */
  ticket_uses: { ticket_id: string; ordinal: number; purpose: string; used_at: number };
  inspections: InspectionRow;
  /** What gates let in or out while they were alone, each told once. */
  offline_admissions: OfflineAdmissionRow;
}

/** A look at somebody's code: who looked, when, and where, but not what was seen. */
export interface InspectionRow {
  id: string;
  /** Whom it was; absent where the code did not say. */
  person: string | null;
  jti: string | null;
  purpose: string;
  station: string;
  lane: string;
  train: string | null;
  /** The reason, where nothing was shown. */
  refusal: string | null;
  looked_at: number;
}

export interface OfflineAdmissionRow {
  jti: string;
  purpose: string;
  /** Station and lane, as one text. */
  lane: string;
  admitted_at: number;
  uploaded_at: number;
  /** Why it would not have been admitted, had the gate known what the others did. */
  refusal: string | null;
}

/** A link of a person's chain of proofs: each is computed from the one before. */
export interface ProofRow {
  person: string;
  ordinal: number;
  number: string;
  application: string;
  month: string;
  /** 1 to 3: the constraint that the monthly quota rests on (R9). */
  month_ordinal: number;
  issued_at: number;
  valid_until: number;
  renew_from: number;
}

/** A link of a person's chain of grants: only the last can be live. */
export interface GrantRow {
  person: string;
  sequence: number;
  /** What codes and the denylist call it. */
  public_id: string;
  token_hash: string;
  /** Of the holder's key (RFC 7638). */
  thumbprint: string;
  /** The liveness check that opened it. */
  check_id: string;
  proof_ordinal: number;
  expires_at: number;
  ended_at: number | null;
  next_counter: Generated<number>;
  packs: Generated<number>;
}

export interface ApplicationRow {
  person: string;
  id: string;
  thumbprint: string;
  place: string;
  status: 'started' | 'review-pending' | 'approved' | 'refused';
  /** A problem code, when refused. */
  reason: string | null;
  applied_at: number;
  decided_at: number | null;
  proof_ordinal: number | null;
}

/** An application's check has the application's id; a view is nothing but a check. */
export interface LivenessCheckRow {
  person: string;
  id: string;
  purpose: 'apply' | 'view';
  thumbprint: string;
  /**
   * Who is to be checked, sealed: what was typed becomes the person's own only once the check is
   * passed. Gone when the check has expired.
   */
  identity: string | null;
  nonce: string;
  expires_at: number;
  /** Hash of the assertion that ended it: an assertion is used once. */
  assertion_hash: string | null;
}

/** One kind a token, so that no token can pass for another. */
export const keyKinds = ['code', 'manifest', 'denylist', 'liveness', 'session'] as const;
export type KeyKind = (typeof keyKinds)[number];

export interface SigningKeyRow {
  kid: string;
  kind: KeyKind;
  private_jwk: string;
  /** Published at once, used from here on, so that gates know it before they meet it. */
  signs_from: number;
}

export interface TicketRow {
  id: string;
  kind: 'single' | 'multi-ride' | 'period';
  rides: number | null;
  train: string;
  from_station: string;
  to_station: string;
  valid_from: number;
  valid_until: number;
}

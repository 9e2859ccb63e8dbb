import assert from 'node:assert/strict';
import type {
  Pack,
  Proof,
  Record as ApplicationRecord,
  Shown,
} from '../../../widget/protocol/messages/holder.ts';
import { dayOf, hour, minute, monthOf } from './calendar.ts';
import { windowOf } from './gate.ts';
import type { Device, Person } from './history.ts';

export interface Application {
  person: Person;
  id: string;
  device: Device;
  appliedAt: number;
  status: ApplicationRecord['status'];
  reason?: string | undefined;
  proof?: string | undefined;
}

/** A check that a device has begun, with the assertion the provider gave for it. */
export interface Check {
  person: Person;
  device: Device;
  stranger: boolean;
  late: boolean;
  checkedAt: number;
  assertion: string;
  used: boolean;
  /** Absent for a view. */
  application: Application | undefined;
}

export interface Grant {
  person: Person;
  device: Device;
  check: Check;
  proof: Proof;
  /** What codes and the denylist call it. */
  publicId: string;
  token: string;
  until: number;
  ended: boolean;
  codes: { code: string; nbf: number; exp: number }[];
}

/** What the rules expect of a check that is being ended. */
export type Expected =
  | 'issued'
  | 'existing'
  | 'review-pending'
  | 'review-refused'
  | 'liveness-failed'
  | 'liveness-expired'
  | 'quota-exhausted'
  | 'no-valid-proof'
  /** It has been ended before and shows nothing now: refused, whatever the word. */
  | 'refused';

/**
 * What the rules say of a history, told a second time and as plainly as can be: the figures are the
 * announcement's, not the policy's. It takes in what the issuer tells and holds it against them.
 * Instants are whole seconds since the epoch.
 */
export class HistoryModel {
  readonly proofs: Record<Person, Proof[]> = { adult: [], minor: [] };
  readonly applications: Application[] = [];
  readonly grants: Grant[] = [];
  readonly #codes = new Set<string>();
  /** Who a pseudonym stands for, and on which day. */
  readonly #subjects = new Map<string, string>();

  lastProof = (person: Person): Proof | undefined => this.proofs[person].at(-1);

  /** R10. */
  validProof(person: Person, at: number): Proof | undefined {
    const last = this.lastProof(person);
    return last && at < last.issuedAt + 24 * hour ? last : undefined;
  }

  /** R9: three in a calendar month. */
  applicationsLeft(person: Person, at: number): number {
    return (
      3 - this.proofs[person].filter((proof) => monthOf(proof.issuedAt) === monthOf(at)).length
    );
  }

  /** R9, R11: what an approved application comes to. */
  chain(person: Person, at: number): 'issued' | 'existing' | 'quota-exhausted' {
    const last = this.lastProof(person);
    if (last && at < last.issuedAt + 21 * hour) return 'existing';
    return this.applicationsLeft(person, at) > 0 ? 'issued' : 'quota-exhausted';
  }

  /** What ending a check comes to. */
  finish(check: Check, at: number): Expected {
    const { person, application } = check;
    if (at >= check.checkedAt + 2 * minute) return 'liveness-expired';
    if (check.used) {
      if (application?.status === 'review-pending') return 'review-pending';
      const grant = this.liveGrant(person, at);
      if (grant?.check !== check) {
        const tells = !application && !check.stranger && !this.validProof(person, at);
        return tells ? this.withoutProof(person, at) : 'refused';
      }
      return application?.status === 'approved' ? 'issued' : 'existing';
    }
    if (check.stranger) return 'liveness-failed';
    if (!application)
      return this.validProof(person, at) ? 'existing' : this.withoutProof(person, at);
    return check.late ? 'review-pending' : this.chain(person, at);
  }

  /** R14: a look tells, for a day, what a review has made or is to make of an application. */
  withoutProof(person: Person, at: number): 'review-pending' | 'review-refused' | 'no-valid-proof' {
    const recent = this.applications.filter(
      (each) =>
        each.person === person &&
        each.status !== 'started' &&
        each.reason !== 'liveness-failed' &&
        each.appliedAt >= at - 24 * hour,
    );
    if (recent.some(({ status }) => status === 'review-pending')) return 'review-pending';
    const latest = Math.max(...recent.map(({ appliedAt }) => appliedAt));
    const last = recent.filter(({ appliedAt }) => appliedAt === latest);
    return last.some(({ reason }) => reason === 'review-refused')
      ? 'review-refused'
      : 'no-valid-proof';
  }

  liveGrant = (person: Person, at: number): Grant | undefined =>
    this.grants.findLast((grant) => grant.person === person && !grant.ended && at < grant.until);

  /** One live grant a person: a new one, and a new proof, end those before (R12). */
  endGrants(which: (grant: Grant) => boolean): void {
    for (const grant of this.grants) if (which(grant)) grant.ended = true;
  }

  /** What a gate that has the denylist says to a code, its clock being right (R15, R17). */
  verdict({ nbf, exp }: { nbf: number; exp: number }, grant: Grant, at: number): string {
    if (at < nbf - 10) return 'not-yet-valid';
    if (at >= exp + 10) return 'expired';
    return grant.ended ? 'revoked' : 'admitted';
  }

  /** A proof is shown: a new one joins the chain, and the grant takes the place of the last. */
  shown(check: Check, { proof, grant, pack }: Shown, isNew: boolean, at: number): void {
    const { person, application } = check;
    if (isNew) {
      this.issued(person, proof, at);
      Object.assign(application!, { status: 'approved', proof: proof.number });
    } else {
      // R20: whoever looks gets the proof that is there.
      assert.deepEqual(proof, this.validProof(person, at));
      if (application?.status === 'started') {
        Object.assign(application, { status: 'refused', reason: 'proof-still-valid' });
      }
    }
    this.endGrants((other) => other.person === person);
    // R17: from the check, and never beyond the proof.
    const until = Math.min(check.checkedAt + 30 * minute, proof.issuedAt + 24 * hour);
    assert.equal(grant.expiresAt, until);
    const opened: Grant = {
      person,
      device: check.device,
      check,
      proof,
      publicId: windowOf(pack.codes[0]!).jti.slice(0, 8),
      token: grant.token,
      until,
      ended: false,
      codes: [],
    };
    this.grants.push(opened);
    this.packed(opened, pack, at);
  }

  /** R9 to R12, of every proof that comes to be. */
  issued(person: Person, proof: Proof, at: number): void {
    assert.equal(this.chain(person, at), 'issued');
    assert.deepEqual(
      [proof.issuedAt, proof.validUntil, proof.renewFrom],
      [at, at + 24 * hour, at + 21 * hour],
    );
    this.proofs[person].push(proof);
    assert.ok(this.applicationsLeft(person, at) >= 0, 'a fourth proof in a month');
  }

  /** R15: codes follow each other, 60 seconds each, from now to the grant's end. */
  packed(grant: Grant, { codes, serverTime }: Pack, at: number): void {
    assert.equal(serverTime, at * 1000);
    let from = at;
    for (const code of codes) {
      const { jti, sub, nbf, exp } = windowOf(code);
      assert.equal(nbf, from);
      assert.equal(exp, Math.min(nbf + 60, grant.until));
      assert.equal(jti.slice(0, 8), grant.publicId);
      assert.ok(!this.#codes.has(jti), 'a code given out twice');
      this.#codes.add(jti);
      const personOnDay = `${grant.person} ${dayOf(nbf)}`;
      assert.equal(this.#subjects.get(sub) ?? personOnDay, personOnDay);
      this.#subjects.set(sub, personOnDay);
      grant.codes.push({ code, nbf, exp });
      from = exp;
    }
    assert.equal(from, grant.until);
  }
}

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type {
  ApplicationState,
  LivenessRequired,
  Shown,
  TypedIdentity,
} from '../../widget/protocol/messages/holder.ts';
import { Holder, passLiveness, type Answer, type ReachedIssuer } from '../issuer/running-issuer.ts';

/** Somebody with a phone who has applied and passed the check, and whose phone now tells the issuer so. */
export class Traveller {
  readonly #issuer: ReachedIssuer;
  readonly #holder: Holder;
  readonly #identity: TypedIdentity;
  readonly #application: Answer<LivenessRequired>;
  readonly #assertion: string;

  private constructor(
    issuer: ReachedIssuer,
    holder: Holder,
    identity: TypedIdentity,
    application: Answer<LivenessRequired>,
    assertion: string,
  ) {
    this.#issuer = issuer;
    this.#holder = holder;
    this.#identity = identity;
    this.#application = application;
    this.#assertion = assertion;
  }

  static async who(issuer: ReachedIssuer, identity: TypedIdentity): Promise<Traveller> {
    const holder = await Holder.create(issuer);
    const application = await holder.apply({ identity }, randomUUID());
    assert.equal(application.status, 200, application.problem);
    const assertion = await passLiveness(issuer, application);
    return new Traveller(issuer, holder, identity, application, assertion);
  }

  /** Tells of the passed check: each try under one key is the same but for its DPoP proof. */
  complete(idempotencyKey: string): Promise<Answer<Shown>> {
    return this.#holder.call('POST', `/v1/applications/${this.#application.body.id}/liveness`, {
      body: { assertion: this.#assertion },
      idempotencyKey,
    });
  }

  /** What has become of the application. */
  state(): Promise<Answer<ApplicationState>> {
    return this.#holder.call('GET', `/v1/applications/${this.#application.body.id}`);
  }

  /** 查看, by another check. */
  async look(): Promise<Answer<Shown>> {
    const view = await this.#holder.view({ identity: this.#identity });
    const assertion = await passLiveness(this.#issuer, view);
    return this.#holder.call('POST', `/v1/views/${view.body.id}/liveness`, {
      body: { assertion },
      idempotencyKey: randomUUID(),
    });
  }
}

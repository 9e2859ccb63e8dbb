/**
 * Of several answers that are waited for only the last counts. A question that the browser asks and
 * somebody waves away may never be answered: whoever asks again goes on without it.
 */
export class Latest {
  private count = 0;

  /** Begins anew. @returns whether nothing has begun since */
  begin(): () => boolean {
    const mine = ++this.count;
    return () => mine === this.count;
  }
}

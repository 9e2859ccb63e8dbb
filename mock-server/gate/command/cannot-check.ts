/** Nothing was judged; the message is a sentence that says what to do. */
export class CannotCheck extends Error {
  override name = 'CannotCheck';
}

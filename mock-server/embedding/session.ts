/**
 * Stands for what your own server answers: a short-lived `bid-session+jwt` of whoever is signed in to
 * your app. Rejects when there is none to be had; `undefined` would say that nobody is signed in.
 *
 * @param person one of the mock's made-up travellers
 */
export async function sessionOf(person: string): Promise<string> {
  const answer = await fetch('/mock/sessions', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ person }),
  });
  if (!answer.ok) throw new Error(`No session: ${answer.status}`);
  return ((await answer.json()) as { session: string }).session;
}

import { html } from 'hono/html';
import { secureHeaders } from 'hono/secure-headers';
import { problemsOf, type DescribedCall } from './openapi.ts';

export const docsHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'no-referrer',
  strictTransportSecurity: false,
});

/** The contract for people: every call, who may make it, and what it may be refused for. */
export const docsPage = (calls: readonly DescribedCall[]) =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>boarding-id issuer</title>
        <link rel="stylesheet" href="/assets/docs.css" />
      </head>
      <body>
        <main>
          <h1>boarding-id issuer</h1>
          <p>
            What holders, gates and the issuer say to each other. The same as
            <a href="/openapi.json">OpenAPI 3.1</a>. Problems are RFC 9457 documents of type
            <code>urn:boarding-id:problem:…</code>.
          </p>
          ${calls.map(
            (described) => html`
              <section>
                <h2><code>${described.call.method} ${described.call.path}</code></h2>
                <p>${described.summary}.</p>
                <dl>
                  <dt>By</dt>
                  <dd>${described.call.by.join(', ') || 'anyone'}</dd>
                  <dt>Takes</dt>
                  <dd>
                    ${members(described.call.request)}${
                      described.call.creates ? ', Idempotency-Key' : ''
                    }
                  </dd>
                  <dt>Answers</dt>
                  <dd>${members(described.call.response)}</dd>
                  <dt>Problems</dt>
                  <dd>${problemsOf(described).join(', ')}</dd>
                </dl>
              </section>
            `,
          )}
        </main>
      </body>
    </html>`;

function members(schema: DescribedCall['call']['request']): string {
  const entries = schema && 'entries' in schema ? (schema.entries as object) : undefined;
  if (!entries) return schema ? 'see OpenAPI' : 'nothing';
  return Object.keys(entries).join(', ') || 'an empty object';
}

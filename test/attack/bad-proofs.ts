import { createHmac, createPrivateKey, createSign } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { generateProof } from 'dpop';
import { Holder, origin } from '../issuer/running-issuer.ts';
import { ath, base64url, es256, path, signing, type ProofMaker } from './proof-maker.ts';

/** By name: how the headers of a request are made that must be refused. */
type Bad = Record<string, (maker: ProofMaker) => Promise<string>>;

const pair = (alg: string) => generateKeyPair(alg, { extractable: true });
const twoParts = (proof: string): string => proof.slice(0, proof.lastIndexOf('.') + 1);
const jwkOf = async (alg: string): Promise<JWK> => exportJWK((await pair(alg)).publicKey);
const withJwk =
  (change: (jwk: JWK) => unknown) =>
  (maker: ProofMaker): Promise<string> =>
    maker.withHeader({ jwk: change(maker.jwk) });
const header =
  (change: object) =>
  (maker: ProofMaker): Promise<string> =>
    maker.withHeader(change);
const claims =
  (change: object) =>
  (maker: ProofMaker): Promise<string> =>
    maker.withClaims(change);
const spelled =
  (change: (proof: string) => string) =>
  async (maker: ProofMaker): Promise<string> =>
    change(await maker.text());

/** The next character of the alphabet: the same bytes, where its last bits say nothing. */
const strayBit = (text: string): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return text.slice(0, -1) + alphabet.charAt(alphabet.indexOf(text.slice(-1)) + 1);
};

/** Signed in order by another algorithm's key, which the header shows. */
const by =
  (alg: string, parameters: AlgorithmIdentifier | EcdsaParams | RsaPssParams) =>
  async (maker: ProofMaker): Promise<string> => {
    const { publicKey, privateKey } = await pair(alg);
    const jwk = await exportJWK(publicKey);
    return maker.withHeader({ alg, jwk }, { sign: signing(privateKey, parameters) });
  };

const types: Bad = {
  'no typ': header({ typ: undefined }),
  'typ JWT': header({ typ: 'JWT' }),
  'typ of a session': header({ typ: 'bid-session+jwt' }),
  'typ with application/': header({ typ: 'application/dpop+jwt' }),
  'typ in capitals': header({ typ: 'DPOP+JWT' }),
  'typ in a list': header({ typ: ['dpop+jwt'] }),
};

const algorithms: Bad = {
  'no alg': header({ alg: undefined }),
  'alg none, unsigned': async (maker) => twoParts(await maker.withHeader({ alg: 'none' })),
  'alg none, signed': header({ alg: 'none' }),
  'alg nOnE': async (maker) => twoParts(await maker.withHeader({ alg: 'nOnE' })),
  'alg es256': header({ alg: 'es256' }),
  'alg in a list': header({ alg: ['ES256'] }),
  'HS256 by the public key': (maker) =>
    maker.withHeader(
      { alg: 'HS256' },
      { sign: (input) => createHmac('sha256', maker.jwk.x!).update(input).digest() },
    ),
  'HS256 by a key shown': (maker) =>
    maker.withHeader(
      { alg: 'HS256', jwk: { kty: 'oct', k: base64url('secret') } },
      { sign: (input) => createHmac('sha256', 'secret').update(input).digest() },
    ),
  RS256: by('RS256', 'RSASSA-PKCS1-v1_5'),
  PS256: by('PS256', { name: 'RSA-PSS', saltLength: 32 }),
  ES384: by('ES384', { name: 'ECDSA', hash: 'SHA-384' }),
  ES512: by('ES512', { name: 'ECDSA', hash: 'SHA-512' }),
  Ed25519: by('Ed25519', 'Ed25519'),
};

const keys: Bad = {
  'no jwk': header({ jwk: undefined }),
  'jwk null': header({ jwk: null }),
  'jwk a text': withJwk((jwk) => JSON.stringify(jwk)),
  'jwk in a list': withJwk((jwk) => [jwk]),
  'jwk of RSA': async (maker) => maker.withHeader({ jwk: await jwkOf('RS256') }),
  'jwk of OKP': async (maker) => maker.withHeader({ jwk: await jwkOf('Ed25519') }),
  'jwk of P-384': async (maker) => maker.withHeader({ jwk: await jwkOf('ES384') }),
  'jwk symmetric': header({ jwk: { kty: 'oct', k: base64url('secret') } }),
  'jwk with the private key inside': async (maker) => {
    const { privateKey } = await pair('ES256');
    const jwk = await exportJWK(privateKey);
    return maker.withHeader({ jwk }, { sign: signing(privateKey, es256) });
  },
  'jwk with more members': withJwk((jwk) => ({
    ...jwk,
    kid: '1',
    x5u: 'https://elsewhere.example',
  })),
  'jwk off the curve': withJwk((jwk) => ({ ...jwk, y: jwk.x })),
  'jwk at infinity': withJwk((jwk) => ({
    ...jwk,
    x: base64url(new Uint8Array(32)),
    y: base64url(new Uint8Array(32)),
  })),
  'jwk without y': withJwk(({ kty, crv, x }) => ({ kty, crv, x })),
  'jwk with an empty y': withJwk((jwk) => ({ ...jwk, y: '' })),
  'jwk with a short x': withJwk((jwk) => ({ ...jwk, x: jwk.x!.slice(0, -2) })),
  'jwk with zeros before x': withJwk((jwk) => ({
    ...jwk,
    x: base64url(Buffer.concat([Buffer.alloc(1), Buffer.from(jwk.x!, 'base64url')])),
  })),
  'jwk with padding': withJwk((jwk) => ({ ...jwk, x: `${jwk.x}=` })),
  'jwk with stray bits': withJwk((jwk) => ({ ...jwk, x: strayBit(jwk.x!) })),
  'another’s jwk': async (maker) => maker.withHeader({ jwk: await jwkOf('ES256') }),
  'a kid instead of a jwk': header({ jwk: undefined, kid: 'c1' }),
  'an address of keys instead': header({ jwk: undefined, jku: 'https://elsewhere.example/jwks' }),
  'an unknown extension marked critical': header({ crit: ['exp'], exp: 1 }),
  'an unencoded payload': (maker) => maker.withHeader({ crit: ['b64'], b64: false }),
};

const identifiers: Bad = {
  'no jti': claims({ jti: undefined }),
  'an empty jti': claims({ jti: '' }),
  'a short jti': claims({ jti: '1234567' }),
  'a jti of 257 characters': claims({ jti: 'x'.repeat(257) }),
  'a jti that is a number': claims({ jti: 12_345_678 }),
};

const targets: Bad = {
  'no htm': claims({ htm: undefined }),
  'htm GET': claims({ htm: 'GET' }),
  'htm post': claims({ htm: 'post' }),
  'htm in a list': claims({ htm: ['POST'] }),
  'no htu': claims({ htu: undefined }),
  'htu without an origin': claims({ htu: path }),
  'htu of another host': claims({ htu: `https://elsewhere.example${path}` }),
  'htu of a host that begins alike': claims({ htu: `${origin}.elsewhere.example${path}` }),
  'htu of another scheme': claims({ htu: origin.replace('https', 'http') + path }),
  'htu of another port': claims({ htu: `${origin}:8443${path}` }),
  'htu with a user': claims({ htu: `https://user@issuer.example${path}` }),
  'htu of another path': claims({ htu: `${origin}/v1/places` }),
  'htu with one slash more': claims({ htu: `${origin}${path}/` }),
  'htu in capitals': claims({ htu: origin + path.toUpperCase() }),
  'htu whose query has the path': claims({ htu: `${origin}/?${path}` }),
  'htu of the origin alone': claims({ htu: origin }),
  'htu that is a number': claims({ htu: 1 }),
  'no ath': claims({ ath: undefined }),
  'ath of another token': claims({ ath: ath('another') }),
  'ath of the whole header': (maker) => maker.withClaims({ ath: ath(`DPoP ${maker.grant}`) }),
  'ath cut short': (maker) => maker.withClaims({ ath: ath(maker.grant).slice(0, -1) }),
  'ath in hexadecimal': (maker) =>
    maker.withClaims({ ath: Buffer.from(ath(maker.grant), 'base64url').toString('hex') }),
  'ath that is the token': (maker) => maker.withClaims({ ath: maker.grant }),
  'no iat': claims({ iat: undefined }),
  'iat a text': claims({ iat: '0' }),
  'a nonce that is a number': claims({ nonce: 1 }),
};

const spellings: Bad = {
  'an empty text': () => Promise.resolve(''),
  'no JWS': () => Promise.resolve('garbage'),
  dots: () => Promise.resolve('..'),
  'nothing in it': () => Promise.resolve('e30.e30.'),
  'more than 4,096 characters': claims({ more: 'x'.repeat(4096) }),
  'one part more': spelled((proof) => `${proof}.e30`),
  'a dot at the end': spelled((proof) => `${proof}.`),
  'a dot at the beginning': spelled((proof) => `.${proof}`),
  'five parts': spelled((proof) => `${proof}.e30.e30`),
  'a JWS as JSON': spelled((proof) => {
    const [protectedHeader, payload, signature] = proof.split('.');
    return JSON.stringify({ protected: protectedHeader, payload, signature });
  }),
  'two proofs in two headers': async (maker) => `${await maker.text()}, ${await maker.text()}`,
  'one proof in two headers': spelled((proof) => `${proof}, ${proof}`),
  padding: spelled((proof) => `${proof}==`),
  'white space': spelled((proof) => proof.replace('.', '. ')),
  'plain base64': (maker) =>
    maker.withClaims({ more: '>>>???' }).then((proof) => {
      const [head, body, signature] = proof.split('.');
      return [head, Buffer.from(body!, 'base64url').toString('base64'), signature].join('.');
    }),
  'stray bits in the signature': spelled(strayBit),
  'a scheme before it': spelled((proof) => `DPoP ${proof}`),
  'no signature': spelled(twoParts),
  'half a signature': spelled((proof) => proof.slice(0, -43)),
  'a signature of zeros': (maker) =>
    maker.text({ ...maker.good(), sign: () => new Uint8Array(64) }),
  'a signature in DER': async (maker) => {
    const { publicKey, privateKey } = await pair('ES256');
    const key = createPrivateKey({ key: await exportJWK(privateKey), format: 'jwk' } as never);
    const sign = (input: Uint8Array) => createSign('sha256').update(input).sign(key);
    return maker.withHeader({ jwk: await exportJWK(publicKey) }, { sign });
  },
  'another’s signature': async (maker) => {
    const { privateKey } = await pair('ES256');
    return maker.text({ ...maker.good(), sign: signing(privateKey, es256) });
  },
  'claims changed after signing': spelled((proof) => {
    const [head, , signature] = proof.split('.');
    return `${head}.${base64url('{"htm":"POST"}')}.${signature}`;
  }),
  'a list for claims': (maker) => maker.text({ ...maker.good(), claimsText: '[]' }),
  'null for claims': (maker) => maker.text({ ...maker.good(), claimsText: 'null' }),
  'claims that are no JSON': (maker) => maker.text({ ...maker.good(), claimsText: '{jti:1}' }),
  'a header that is no JSON': (maker) => maker.text({ ...maker.good(), headerText: '{"alg"' }),
  'claims that are no UTF-8': async (maker) => {
    const good = maker.good();
    const bytes = Buffer.from(
      JSON.stringify({ ...good.claims, jti: '\u00ff'.repeat(8) }),
      'latin1',
    );
    const input = `${base64url(JSON.stringify(good.header))}.${base64url(bytes)}`;
    const sign = signing(maker.holder.keys.privateKey, es256);
    return `${input}.${base64url(await sign(new TextEncoder().encode(input)))}`;
  },
  // Of two members of one name the last counts (RFC 7515, section 4), whichever was meant to be read.
  'htm twice': (maker) => twice(maker, 'claimsText', '"htm":"GET"'),
  'htu twice': (maker) => twice(maker, 'claimsText', '"htu":"https://elsewhere.example"'),
  'alg twice': (maker) => twice(maker, 'headerText', '"alg":"none"'),
  'typ twice': (maker) => twice(maker, 'headerText', '"typ":"JWT"'),
};

function twice(maker: ProofMaker, where: 'claimsText' | 'headerText', again: string) {
  const good = maker.good();
  const text = JSON.stringify(where === 'claimsText' ? good.claims : good.header);
  return maker.text({ ...good, [where]: `${text.slice(0, -1)},${again}}` });
}

/** All of them `invalid-dpop-proof`. */
export const badProofs: Bad = {
  ...types,
  ...algorithms,
  ...keys,
  ...identifiers,
  ...targets,
  ...spellings,
};

/** In order but for the nonce: whoever made them is given the one to use, `use-dpop-nonce`. */
export const badNonces: Bad = {
  'no nonce': claims({ nonce: undefined }),
  'an empty nonce': claims({ nonce: '' }),
  'a nonce made up': claims({ nonce: base64url(crypto.getRandomValues(new Uint8Array(16))) }),
  'a nonce cut short': (maker) => maker.withClaims({ nonce: maker.holder.nonce!.slice(0, -1) }),
  'a nonce with something behind it': (maker) =>
    maker.withClaims({ nonce: `${maker.holder.nonce}A` }),
  'a nonce that two headers gave': (maker) =>
    maker.withClaims({ nonce: `${maker.holder.nonce}, ${maker.holder.nonce}` }),
  'half a surrogate pair': claims({ nonce: '\ud800' }),
  'a nonce twice': (maker) => twice(maker, 'claimsText', '"nonce":"made-up"'),
};

type Headers = Record<string, string>;

/** A good proof, and a grant that does not come as it must: `verification-required`. */
export const badGrants: Record<string, (maker: ProofMaker) => Promise<Headers>> = {
  'no grant': async (maker) => ({ DPoP: await maker.text() }),
  'a grant as a bearer token': async (maker) => ({
    DPoP: await maker.text(),
    Authorization: `Bearer ${maker.grant}`,
  }),
  'a grant without a scheme': async (maker) => ({
    DPoP: await maker.text(),
    Authorization: maker.grant,
  }),
  'two grants': async (maker) => ({
    DPoP: await maker.text(),
    Authorization: `DPoP ${maker.grant}, DPoP ${maker.grant}`,
  }),
  'a grant that is too long': async (maker) => ({
    DPoP: await maker.withClaims({ ath: ath('x'.repeat(1025)) }),
    Authorization: `DPoP ${'x'.repeat(1025)}`,
  }),
  'a grant cut short': (maker) => withGrant(maker, maker.grant.slice(0, -1)),
  'a grant with stray bits': (maker) => withGrant(maker, strayBit(maker.grant)),
  'a grant made up': (maker) => withGrant(maker, base64url(new Uint8Array(82))),
  'a grant under another key': async (maker) => {
    const thief = await Holder.create(maker.running);
    const proof = await generateProof(
      thief.keys,
      origin + path,
      'POST',
      maker.holder.nonce,
      maker.grant,
    );
    return { DPoP: proof, Authorization: `DPoP ${maker.grant}` };
  },
};

const withGrant = async (maker: ProofMaker, grant: string): Promise<Headers> => ({
  DPoP: await maker.withClaims({ ath: ath(grant) }),
  Authorization: `DPoP ${grant}`,
});

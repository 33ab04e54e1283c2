// The tokens live in this module's memory alone: a page that is loaded again asks to sign in again, and nothing lies in the browser's storage.
let tokens;
let user;
let renewal;

/** Gives who is signed in; nobody where nobody is. */
export function whoIsIn() {
  return user;
}

/**
 * Signs in.
 *
 * @param {{ readonly email: string, readonly password: string }} credentials
 */
export async function signIn(credentials) {
  const answer = await fetch('/api/auth/login', asJson(credentials));
  const body = await bodyOf(answer);
  tokens = body.tokens;
  user = body.user;
}

/** Signs out here, and ends the session at the portal. */
export async function signOut() {
  const ended = tokens?.refreshToken;
  tokens = undefined;
  user = undefined;
  if (ended) await fetch('/api/auth/logout', asJson({ refreshToken: ended }));
}

/**
 * Asks the portal for something as whoever is signed in. Renews the access token once where it has expired.
 *
 * @param {string} url
 * @param {RequestInit} [options]
 * @returns {Promise<Response>} The answer; nobody is signed in any more where it is a 401.
 */
export async function request(url, options = {}) {
  const used = tokens?.accessToken;
  const answer = await fetch(url, authorised(options, used));
  if (answer.status !== 401 || tokens === undefined) return answer;
  if (tokens.accessToken === used) await renew();
  if (tokens) return fetch(url, authorised(options, tokens.accessToken));
  user = undefined;
  location.hash = '#/sign-in';
  return answer;
}

/** @param {string} url @returns {Promise<any>} What the portal has there. */
export async function read(url) {
  return bodyOf(await request(url));
}

/**
 * Reads all of a list.
 *
 * @param {string} url Without a query.
 * @param {Record<string, string>} [filter]
 * @returns {Promise<any[]>}
 */
export async function readAll(url, filter = {}) {
  const items = [];
  const query = new URLSearchParams({ ...filter, limit: '100' });
  for (;;) {
    const part = await read(`${url}?${query}`);
    items.push(...part.items);
    if (part.next === null) return items;
    query.set('after', part.next);
  }
}

/**
 * Sends a command under a key of its own, so that one that is sent again because its answer was lost counts once.
 *
 * @param {string} url
 * @param {object} body
 * @param {'POST' | 'PUT'} [method]
 */
export async function command(url, body, method = 'POST') {
  const options = { ...asJson(body), method };
  options.headers['idempotency-key'] = crypto.randomUUID();
  const send = () => request(url, options);
  return bodyOf(await send().catch(send));
}

/** A refresh token is good once, so all who need a new pair wait for one renewal. */
function renew() {
  renewal ??= fetch('/api/auth/refresh-token', asJson({ refreshToken: tokens.refreshToken }))
    .then(async (answer) => {
      tokens = answer.ok ? await answer.json() : undefined;
    })
    .finally(() => {
      renewal = undefined;
    });
  return renewal;
}

function authorised(options, token) {
  return token ? { ...options, headers: { ...options.headers, authorization: `Bearer ${token}` } } : options;
}

function asJson(body) {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

async function bodyOf(answer) {
  const body = await answer.json().catch(() => ({ message: `The portal answered ${answer.status}.` }));
  if (!answer.ok) throw Object.assign(new Error(body.message), { code: body.code, field: body.field });
  return body;
}

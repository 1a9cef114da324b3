// The page's sessions (docs/apps/session.js), with a /token of this test. node --test runs it; APPS is the folder of the module.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

const { Sessions, SessionError } = await import(pathToFileURL(path.join(process.env.APPS, 'session.js')));

const START = Date.parse('2026-11-22T03:00:00Z');

/** A /token that answers when it is told to, and a clock. */
function world(settings = {}) {
  const all = { now: START, asked: [], answers: [] };
  all.sessions = new Sessions({
    token: 'https://countersign.example.com/token',
    bearer: () => 'jwt-of-alice',
    now: () => all.now,
    fetch: (url, request) => new Promise((resolve, reject) => all.asked.push({ url, request, resolve, reject })),
    ...settings,
  });
  all.answer = (number, body, status = 200) => all.asked[number].resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }));
  all.session = (number, minutes = 60) =>
    all.answer(number, {
      StatusCode: 200,
      AccessKeyId: `STS.${number}`,
      AccessKeySecret: `secret-${number}`,
      SecurityToken: `token-${number}`,
      Expiration: new Date(all.now + minutes * 60_000).toISOString(),
    });
  return all;
}

const settled = () => new Promise((done) => setImmediate(done));

test('all that wait get one session of one request', async () => {
  const all = world();
  const waiting = Array.from({ length: 100 }, () => all.sessions.get());
  await settled();
  assert.equal(all.asked.length, 1);
  all.session(0);
  const got = await Promise.all(waiting);
  assert.ok(got.every((session) => session === got[0]));
  assert.deepEqual({ ...got[0], expiration: got[0].expiration.toISOString() }, {
    accessKeyId: 'STS.0',
    accessKeySecret: 'secret-0',
    stsToken: 'token-0',
    expiration: '2026-11-22T04:00:00.000Z',
  });
  assert.equal(await all.sessions.get(), got[0]);
  assert.equal(all.asked.length, 1);
});

test('asks as /token wants it, with the bearer of the moment', async () => {
  let bearer = 'first';
  const all = world({ bearer: async () => bearer, role: 'mobile-app', durationSeconds: 900 });
  const first = all.sessions.get();
  await settled();
  const { url, request } = all.asked[0];
  assert.equal(url, 'https://countersign.example.com/token');
  assert.equal(request.method, 'POST');
  assert.equal(request.headers.Authorization, 'Bearer first');
  assert.deepEqual(JSON.parse(request.body), { role: 'mobile-app', durationSeconds: 900 });
  all.session(0, 15);
  await first;
  bearer = 'second';
  all.now += 15 * 60_000;
  const second = all.sessions.get();
  await settled();
  assert.equal(all.asked[1].request.headers.Authorization, 'Bearer second');
  all.session(1, 15);
  assert.equal((await second).accessKeyId, 'STS.1');
});

test('a session is replaced before it ends, by one request, and nobody waits for it', async () => {
  const all = world();
  const first = all.sessions.get();
  await settled();
  all.session(0);
  await first;
  all.now += 55 * 60_000 - 1;
  assert.equal((await all.sessions.get()).accessKeyId, 'STS.0');
  assert.equal(all.asked.length, 1);
  all.now += 1;
  const many = await Promise.all(Array.from({ length: 100 }, () => all.sessions.get()));
  assert.ok(many.every((session) => session.accessKeyId === 'STS.0'));
  assert.equal(all.asked.length, 2);
  all.session(1);
  await settled();
  assert.equal((await all.sessions.get()).accessKeyId, 'STS.1');
  assert.equal(all.asked.length, 2);
});

test('at its end all wait for the next one', async () => {
  const all = world();
  const first = all.sessions.get();
  await settled();
  all.session(0);
  await first;
  all.now += 60 * 60_000 - 30_000;
  const waiting = Array.from({ length: 100 }, () => all.sessions.get());
  await settled();
  assert.equal(all.asked.length, 2);
  all.session(1);
  assert.ok((await Promise.all(waiting)).every((session) => session.accessKeyId === 'STS.1'));
});

test('a short session is replaced in its last fifth', async () => {
  const all = world();
  const first = all.sessions.get();
  await settled();
  all.session(0, 15);
  await first;
  all.now += 12 * 60_000;
  await all.sessions.get();
  assert.equal(all.asked.length, 2);
});

test('one that began before the next was asked for does not take its place', async () => {
  const all = world();
  const first = all.sessions.get();
  await settled();
  all.sessions.forget();
  const second = all.sessions.get();
  await settled();
  assert.equal(all.asked.length, 2);
  all.session(1);
  await second;
  all.session(0);
  await first;
  assert.equal((await all.sessions.get()).accessKeyId, 'STS.1');
});

test('a refusal says its code and what to do, to all that wait, and the next call asks again', async () => {
  const all = world();
  const waiting = Array.from({ length: 3 }, () => all.sessions.get());
  await settled();
  all.answer(0, { StatusCode: 401, ErrorCode: 'TokenExpired', ErrorMessage: 'The token has expired; log in again.' });
  for (const each of waiting) {
    await assert.rejects(each, (error) => {
      assert.ok(error instanceof SessionError);
      assert.deepEqual([error.code, error.status, error.login, error.message], ['TokenExpired', 401, true, 'The token has expired; log in again.']);
      return true;
    });
  }
  const next = all.sessions.get();
  await settled();
  assert.equal(all.asked.length, 2);
  all.session(1);
  assert.equal((await next).accessKeyId, 'STS.1');
});

test('without an answer the session at hand is good until it ends', async () => {
  const all = world();
  const first = all.sessions.get();
  await settled();
  all.session(0);
  await first;
  all.now += 60 * 60_000 - 1_000;
  const last = all.sessions.get();
  await settled();
  all.asked[1].reject(new TypeError('failed to fetch'));
  assert.equal((await last).accessKeyId, 'STS.0');
  const busy = all.sessions.get();
  await settled();
  all.answer(2, { code: 'Unavailable', detail: 'Try again in a moment.' }, 503);
  assert.equal((await busy).accessKeyId, 'STS.0');
  all.now += 1_000;
  const late = all.sessions.get();
  await settled();
  all.asked[3].reject(new TypeError('failed to fetch'));
  await assert.rejects(late, /cannot be reached/);
});

test('a refusal ends a session that is about to end', async () => {
  const all = world();
  const first = all.sessions.get();
  await settled();
  all.session(0);
  await first;
  all.now += 60 * 60_000 - 1_000;
  const last = all.sessions.get();
  await settled();
  all.answer(1, { StatusCode: 401, ErrorCode: 'TokenRevoked', ErrorMessage: 'Log in again.' });
  await assert.rejects(last, { code: 'TokenRevoked' });
});

test('what is no answer of Countersign is told so', async () => {
  const all = world();
  const waiting = all.sessions.get();
  await settled();
  all.answer(0, '<html>', 502);
  await assert.rejects(waiting, /status 502 is not Countersign's/);
});

test('no error has the bearer', async () => {
  const all = world();
  const waiting = all.sessions.get();
  await settled();
  all.asked[0].reject(new TypeError('failed to fetch'));
  await assert.rejects(waiting, (error) => !String(error.stack).includes('jwt-of-alice'));
});

// The page's uploads (docs/apps/upload.js), with a Countersign and a storage of this test. node --test runs it; APPS is the folder of the module.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

const { Upload, UploadError } = await import(pathToFileURL(path.join(process.env.APPS, 'upload.js')));

const BASE = 'https://countersign.example.com/uploads/video';
const PART = 4;
const real = globalThis.fetch;
afterEach(() => (globalThis.fetch = real));

/** A fetch that answers when it is told to, and that a signal breaks off as a browser's does. */
function world(parts = 2, settings = {}) {
  const all = { asked: [] };
  globalThis.fetch = (url, request) =>
    new Promise((resolve, reject) => {
      if (request.signal?.aborted) {
        return reject(request.signal.reason);
      }
      const call = { url, request, resolve, reject, broken: false };
      request.signal?.addEventListener('abort', () => {
        call.broken = true;
        reject(request.signal.reason);
      });
      all.asked.push(call);
    });
  all.upload = new Upload({
    url: BASE,
    file: new File(['x'.repeat(parts * PART)], 'film.mp4', { type: 'video/mp4' }),
    bearer: () => 'jwt-of-alice',
    ...settings,
  });
  all.of = (end) => all.asked.filter((call) => call.url.endsWith(end));
  all.json = (call, body, status = 200) => call.resolve(new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } }));
  all.stored = (call, status = 200, text = '') => call.resolve(new Response(text, { status }));
  /** Begins; `ended` is what start returned. */
  all.started = async () => {
    const ended = all.upload.start();
    ended.catch(() => {});
    await settled();
    all.json(all.asked[0], {
      bucket: 'examplebucket',
      key: 'users/alice/film.mp4',
      multipart: {
        partBytes: PART,
        parts: Array.from({ length: parts }, (_, i) => ({ partNumber: i + 1, url: `https://storage.example.com/part-${i + 1}`, size: PART })),
        complete: { url: `${BASE}/ID/complete` },
        abort: { url: `${BASE}/ID/abort` },
      },
    });
    await settled();
    return { ended };
  };
  return all;
}

const settled = async () => {
  for (let i = 0; i < 3; i++) {
    await new Promise((done) => setImmediate(done));
  }
};

test('parts are sent as they were cut, and then completed', async () => {
  const told = [];
  const all = world(2, { progress: (bytes) => told.push(bytes) });
  const { ended } = await all.started();
  for (const number of [1, 2]) {
    const [call] = all.of(`part-${number}`);
    assert.equal(call.request.method, 'PUT');
    assert.equal(call.request.body.size, PART);
    all.stored(call);
  }
  await settled();
  const [complete] = all.of('/complete');
  assert.equal(complete.request.headers.Authorization, 'Bearer jwt-of-alice');
  all.json(complete, {});
  assert.deepEqual(await ended, { bucket: 'examplebucket', key: 'users/alice/film.mp4' });
  assert.deepEqual(told, [4, 8, 8]);
});

test('giving up breaks the parts off, and the call that deletes them arrives', async () => {
  const all = world(5);
  const { ended } = await all.started();
  assert.equal(all.asked.length, 4);
  const given = all.upload.abort();
  await assert.rejects(ended, { name: 'AbortError' });
  await settled();
  assert.ok([1, 2, 3].every((number) => all.of(`part-${number}`)[0].broken));
  const [abort] = all.of('/abort');
  assert.equal(abort.broken, false);
  all.json(abort, {});
  await given;
  assert.equal(all.asked.length, 5);
});

test('giving up works for a paused upload, and before it completes', async () => {
  const paused = world();
  const first = await paused.started();
  assert.equal(paused.upload.pause(), true);
  await settled();
  const given = paused.upload.abort();
  await assert.rejects(first.ended, { name: 'AbortError' });
  await settled();
  paused.json(paused.of('/abort')[0], {});
  await given;

  const completing = world(1);
  const second = await completing.started();
  completing.stored(completing.of('part-1')[0]);
  await settled();
  const late = completing.upload.abort();
  await assert.rejects(second.ended, { name: 'AbortError' });
  await settled();
  assert.ok(completing.of('/complete')[0].broken);
  completing.json(completing.of('/abort')[0], {});
  await late;
});

test('giving up says why the parts may be left', async () => {
  const all = world();
  const { ended } = await all.started();
  const refused = all.upload.abort();
  await assert.rejects(ended, { name: 'AbortError' });
  await settled();
  all.of('/abort')[0].resolve(
    new Response(JSON.stringify({ code: 'UploadExpired', detail: 'The upload has expired.' }), { status: 403, headers: { 'Content-Type': 'application/problem+json' } }),
  );
  await assert.rejects(refused, (error) => error instanceof UploadError && error.code === 'UploadExpired' && error.status === 403);
});

test('a part that fails for good breaks the others off, and giving up still arrives', async () => {
  const all = world(3);
  const { ended } = await all.started();
  all.stored(all.of('part-2')[0], 403, '<Error><Code>AccessDenied</Code><Message>No.</Message></Error>');
  await assert.rejects(ended, { name: 'UploadError', code: 'AccessDenied', status: 403 });
  assert.ok(all.of('part-1')[0].broken && all.of('part-3')[0].broken);
  const given = all.upload.abort();
  await settled();
  all.json(all.of('/abort')[0], {});
  await given;
});

test('what is paused is sent again when it goes on', async () => {
  const all = world(2);
  const { ended } = await all.started();
  all.stored(all.of('part-1')[0]);
  await settled();
  assert.equal(all.upload.pause(), true);
  assert.equal(all.upload.pause(), false);
  await settled();
  assert.ok(all.of('part-2')[0].broken);
  assert.equal(all.asked.length, 3);
  all.upload.resume();
  await settled();
  assert.equal(all.of('part-1').length, 1);
  all.stored(all.of('part-2')[1]);
  await settled();
  all.json(all.of('/complete')[0], {});
  await ended;
});

test('a pause after the last part has the completion wait', async () => {
  let all;
  const pausing = { progress: (bytes) => bytes === PART && all.of('/complete').length === 0 && assert.equal(all.upload.pause(), true) };
  all = world(1, pausing);
  const { ended } = await all.started();
  all.stored(all.of('part-1')[0]);
  await settled();
  assert.equal(all.of('/complete').length, 0);
  all.upload.resume();
  await settled();
  const [complete] = all.of('/complete');
  all.json(complete, {});
  assert.equal((await ended).key, 'users/alice/film.mp4');
});

test('once it completes, no pause breaks it off', async () => {
  const all = world(1);
  const { ended } = await all.started();
  all.stored(all.of('part-1')[0]);
  await settled();
  assert.equal(all.upload.pause(), false);
  const [complete] = all.of('/complete');
  assert.equal(complete.broken, false);
  all.json(complete, {});
  assert.equal((await ended).key, 'users/alice/film.mp4');
});

test('neither while the bearer of the completion is fetched', async () => {
  let bearers = 0;
  let give;
  const all = world(1, { bearer: () => (bearers++ === 0 ? 'first' : new Promise((done) => (give = done))) });
  const { ended } = await all.started();
  all.stored(all.of('part-1')[0]);
  await settled();
  assert.equal(all.upload.pause(), false);
  give('second');
  await settled();
  assert.equal(all.of('/complete')[0].request.headers.Authorization, 'Bearer second');
  all.json(all.of('/complete')[0], {});
  await ended;
});

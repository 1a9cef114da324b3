// ali-oss with the page's sessions (docs/apps/session.js): requests that begin when a session has ended all wait for the same next one.
import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import OSS from 'ali-oss';

const { Sessions } = await import(pathToFileURL(path.join(process.env.APPS, 'session.js')));

/** A storage that takes everything, and remembers the access key ids. */
async function storage() {
  const ids = [];
  const server = http.createServer((request, response) => {
    ids.push(/Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1]);
    request.resume().on('end', () => response.writeHead(200, { ETag: '"E"', 'x-oss-request-id': '1' }).end());
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { ids, server, endpoint: `http://127.0.0.1:${server.address().port}` };
}

test('ali-oss sends no request of an ended session, and asks once for the next', async () => {
  let now = Date.now();
  let asked = 0;
  const sessions = new Sessions({
    token: 'https://countersign.example.com/token',
    bearer: () => 'jwt-of-alice',
    now: () => now,
    fetch: async () => {
      asked += 1;
      const number = asked;
      // Long enough that every request of the test begins meanwhile.
      await new Promise((done) => setTimeout(done, 200));
      const Expiration = new Date(now + 3_600_000).toISOString();
      return new Response(JSON.stringify({ StatusCode: 200, AccessKeyId: `STS.${number}`, AccessKeySecret: 's', SecurityToken: 't', Expiration }));
    },
  });
  const { ids, server, endpoint } = await storage();
  try {
    const client = new OSS({
      ...(await sessions.get()),
      refreshSTSToken: () => sessions.get(),
      refreshSTSTokenInterval: 0,
      endpoint,
      bucket: 'examplebucket',
      region: 'oss-cn-hangzhou',
      authorizationV4: true,
      cname: true,
    });
    await client.put('first.txt', Buffer.from('a'));
    assert.deepEqual(ids, ['STS.1']);
    now += 3_600_000;
    await Promise.all(Array.from({ length: 20 }, (each, number) => client.put(`${number}.txt`, Buffer.from('a'))));
    assert.equal(asked, 2);
    assert.deepEqual(new Set(ids.slice(1)), new Set(['STS.2']));
    assert.equal(ids.length, 21);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

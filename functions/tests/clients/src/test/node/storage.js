'use strict';
// ali-oss. Its buckets have the service's own host names, which are looked up to be this machine.
const http = require('node:http');
const OSS = require('ali-oss');

const loopback = (host, options, found) =>
  options.all ? found(null, [{ address: '127.0.0.1', family: 4 }]) : found(null, '127.0.0.1', 4);
const agent = new http.Agent({ keepAlive: true, lookup: loopback });

const clients = new Map();

/** One client for the same settings: an app has one, and it remembers its session. */
function client(settings) {
  const known = JSON.stringify(settings);
  if (!clients.has(known)) {
    clients.set(known, new OSS(options(settings)));
  }
  return clients.get(known);
}

function options(settings) {
  const options = {
    endpoint: `http://oss-cn-hangzhou.aliyuncs.com:${settings.port}`,
    region: 'oss-cn-hangzhou',
    bucket: settings.bucket,
    authorizationV4: settings.version === 'V4',
    accessKeyId: settings.accessKeyId,
    accessKeySecret: settings.accessKeySecret,
    agent,
  };
  if (settings.stsToken) {
    options.stsToken = settings.stsToken;
  }
  if (settings.tokenUrl) {
    // Before every request but the first: no test waits for the five minutes of the default.
    options.refreshSTSTokenInterval = 0;
    options.refreshSTSToken = () => federationToken(settings);
  }
  return options;
}

/** What a browser's refreshSTSToken does with the app server's answer. */
async function federationToken({ tokenUrl, bearer }) {
  const answer = await fetch(tokenUrl, { headers: { authorization: `Bearer ${bearer}` } });
  const token = await answer.json();
  if (token.StatusCode !== 200) {
    throw Object.assign(new Error(token.ErrorMessage), { code: token.ErrorCode, status: token.StatusCode });
  }
  return {
    accessKeyId: token.AccessKeyId,
    accessKeySecret: token.AccessKeySecret,
    stsToken: token.SecurityToken,
  };
}

const names = (listed) => (listed.objects || []).map((object) => object.name);

module.exports = {
  async put(settings, { key, content }) {
    await client(settings).put(key, Buffer.from(content));
  },
  async get(settings, { key }) {
    return (await client(settings).get(key)).content.toString();
  },
  async size(settings, { key }) {
    return (await client(settings).head(key)).res.headers['content-length'];
  },
  async list(settings, { prefix }) {
    return names(await client(settings).list({ prefix }));
  },
  async listAgain(settings, { prefix }) {
    return names(await client(settings).listV2({ prefix }));
  },
  async copy(settings, { key, sourceBucket, sourceKey }) {
    await client(settings).copy(key, sourceKey, sourceBucket);
  },
  async putInParts(settings, { key, parts }) {
    const oss = client(settings);
    const { uploadId } = await oss.initMultipartUpload(key);
    const done = [];
    for (const part of parts) {
      const content = Buffer.from(part);
      const { etag } = await oss.uploadPart(key, uploadId, done.length + 1, content, 0, content.length);
      done.push({ number: done.length + 1, etag });
    }
    const listed = await oss.listParts(key, uploadId);
    await oss.completeMultipartUpload(key, uploadId, done);
    return String([listed.parts].flat().length);
  },
  async copyInParts(settings, { key, sourceBucket, sourceKey }) {
    const oss = client(settings);
    const { uploadId } = await oss.initMultipartUpload(key);
    const { etag } = await oss.uploadPartCopy(key, uploadId, 1, '', { sourceKey, sourceBucketName: sourceBucket });
    await oss.completeMultipartUpload(key, uploadId, [{ number: 1, etag }]);
  },
  async abort(settings, { key }) {
    const oss = client(settings);
    const { uploadId } = await oss.initMultipartUpload(key);
    await oss.abortMultipartUpload(key, uploadId);
  },
  async delete(settings, { key }) {
    await client(settings).delete(key);
  },
  async deleteAll(settings, { keys }) {
    await client(settings).deleteMulti(keys);
  },
  async append(settings, { key, position, content }) {
    return (await client(settings).append(key, Buffer.from(content), { position })).nextAppendPosition;
  },
  async link(settings, { key, target }) {
    await client(settings).putSymlink(key, target);
  },
  async linkTarget(settings, { key }) {
    return (await client(settings).getSymlink(key)).targetName;
  },
  async tag(settings, { key, names, values }) {
    await client(settings).putObjectTagging(key, Object.fromEntries(names.map((name, i) => [name, values[i]])));
  },
  async tags(settings, { key }) {
    return (await client(settings).getObjectTagging(key)).tag;
  },
  async untag(settings, { key }) {
    await client(settings).deleteObjectTagging(key);
  },
  async setAcl(settings, { key, acl }) {
    await client(settings).putACL(key, acl);
  },
  async acl(settings, { key }) {
    return (await client(settings).getACL(key)).acl;
  },
  async buckets(settings) {
    return ((await client(settings).listBuckets()).buckets || []).map((bucket) => bucket.name);
  },
  async presign(settings, { key, seconds }) {
    const oss = client(settings);
    return settings.version === 'V4'
      ? oss.signatureUrlV4('GET', Number(seconds), {}, key)
      : oss.signatureUrl(key, { expires: Number(seconds) });
  },
};

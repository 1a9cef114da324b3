'use strict';
// The three ways to STS from npm: Alibaba Cloud's generated client, its older core client, and ali-oss's own.
const OSS = require('ali-oss');
const RPCClient = require('@alicloud/pop-core').RPCClient;
const { default: Sts, AssumeRoleRequest, AssumeRoleWithOIDCRequest } = require('@alicloud/sts20150401');
const { $OpenApiUtil } = require('@alicloud/openapi-core');

function generated(settings) {
  const { accessKeyId, accessKeySecret, stsToken: securityToken } = settings;
  return new Sts(new $OpenApiUtil.Config({ accessKeyId, accessKeySecret, securityToken, protocol: 'http', endpoint: settings.sts }));
}

function core(settings) {
  const { accessKeyId, accessKeySecret, stsToken: securityToken } = settings;
  return new RPCClient({ accessKeyId, accessKeySecret, securityToken, endpoint: `http://${settings.sts}`, apiVersion: '2015-04-01' });
}

/** Whatever the client calls the members of the answer. */
function flat({ accessKeyId, AccessKeyId, accessKeySecret, AccessKeySecret, securityToken, SecurityToken, expiration, Expiration }) {
  return {
    id: accessKeyId ?? AccessKeyId,
    secret: accessKeySecret ?? AccessKeySecret,
    token: securityToken ?? SecurityToken,
    expiration: expiration ?? Expiration,
  };
}

const assumed = ({ role: RoleArn, session: RoleSessionName, policy: Policy, seconds }) => ({
  RoleArn,
  RoleSessionName,
  ...(Policy && { Policy }),
  DurationSeconds: Number(seconds),
});

module.exports = {
  async generatedAssumeRole(settings, { role, session, policy, seconds }) {
    const request = new AssumeRoleRequest({ roleArn: role, roleSessionName: session, durationSeconds: Number(seconds) });
    if (policy) {
      request.policy = policy;
    }
    return flat((await generated(settings).assumeRole(request)).body.credentials);
  },
  async generatedAssumeRoleWithOIDC(settings, { provider, role, session, token, seconds }) {
    const request = new AssumeRoleWithOIDCRequest({
      OIDCProviderArn: provider,
      roleArn: role,
      OIDCToken: token,
      roleSessionName: session,
      durationSeconds: Number(seconds),
    });
    return flat((await generated(settings).assumeRoleWithOIDC(request)).body.credentials);
  },
  async generatedGetCallerIdentity(settings) {
    return (await generated(settings).getCallerIdentity()).body.arn;
  },
  async coreAssumeRole(settings, { method, ...given }) {
    return flat((await core(settings).request('AssumeRole', assumed(given), { method })).Credentials);
  },
  async coreGetCallerIdentity(settings, { method }) {
    return (await core(settings).request('GetCallerIdentity', {}, { method })).Arn;
  },
  async ossAssumeRole(settings, { role, session, policy, seconds }) {
    const { accessKeyId, accessKeySecret } = settings;
    const sts = new OSS.STS({ accessKeyId, accessKeySecret, endpoint: `http://${settings.sts}` });
    return flat((await sts.assumeRole(role, policy, Number(seconds), session)).credentials);
  },
};

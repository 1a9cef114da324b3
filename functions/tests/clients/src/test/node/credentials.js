'use strict';
// What npm's @alicloud/credentials makes of a credentials URI: as its clients of today read it, and as those before 2.4 did. And of a token in a file, as Kubernetes writes it.
const { OIDCRoleArnCredentialsProvider, URICredentialsProvider } = require('@alicloud/credentials');
const { default: URICredential } = require('@alicloud/credentials/dist/src/uri_credential');

module.exports = {
  async uriOfToday(settings, { uri }) {
    const made = await URICredentialsProvider.builder().withCredentialsURI(uri).build().getCredentials();
    return { id: made.accessKeyId, secret: made.accessKeySecret, token: made.securityToken };
  },
  async roleOfToken(settings, { sts, role, provider, file }) {
    const made = await OIDCRoleArnCredentialsProvider.builder()
      .withRoleArn(role)
      .withOIDCProviderArn(provider)
      .withOIDCTokenFilePath(file)
      .withStsEndpoint(sts)
      .build()
      .getCredentials();
    return { id: made.accessKeyId, secret: made.accessKeySecret, token: made.securityToken };
  },
  async uriOfOld(settings, { uri }) {
    const credential = new URICredential(uri);
    return {
      id: await credential.getAccessKeyId(),
      secret: await credential.getAccessKeySecret(),
      token: await credential.getSecurityToken(),
    };
  },
};

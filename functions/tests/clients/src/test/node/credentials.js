'use strict';
// What npm's @alicloud/credentials makes of a credentials URI: as its clients of today read it, and as those before 2.4 did.
const { URICredentialsProvider } = require('@alicloud/credentials');
const { default: URICredential } = require('@alicloud/credentials/dist/src/uri_credential');

module.exports = {
  async uriOfToday(settings, { uri }) {
    const made = await URICredentialsProvider.builder().withCredentialsURI(uri).build().getCredentials();
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

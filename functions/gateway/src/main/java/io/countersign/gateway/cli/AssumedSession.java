package io.countersign.gateway.cli;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;

/** What AssumeRole answered: to be shown to its holder, and nowhere else. */
record AssumedSession(String accessKeyId, String accessKeySecret, String securityToken, String expiration) {
    static AssumedSession read(Members credentials) throws InvalidDocumentException {
        return new AssumedSession(
                credentials.string("AccessKeyId"),
                credentials.string("AccessKeySecret"),
                credentials.string("SecurityToken"),
                credentials.string("Expiration"));
    }

    String document(String role) {
        return JsonText.object(members -> members.put("role", role)
                .put("accessKeyId", accessKeyId)
                .put("accessKeySecret", accessKeySecret)
                .put("securityToken", securityToken)
                .put("expiration", expiration));
    }

    /** The id alone. */
    @Override
    public String toString() {
        return "AssumedSession[" + accessKeyId + "]";
    }
}

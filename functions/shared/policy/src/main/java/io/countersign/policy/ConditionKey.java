package io.countersign.policy;

/**
 * The condition keys whose values come from a request (docs/protocol.md 9, grammar). {@code acs:PrincipalARN} belongs
 * to the principal, and tags are set {@linkplain PlaceTags.Tags together}.
 */
public enum ConditionKey {
    SOURCE_IP("acs:SourceIp", ClauseKey.KeyType.IP, Group.COMMON),
    USER_AGENT("acs:UserAgent", ClauseKey.KeyType.TEXT, Group.COMMON),
    CURRENT_TIME("acs:CurrentTime", ClauseKey.KeyType.DATE, Group.COMMON),
    SECURE_TRANSPORT("acs:SecureTransport", ClauseKey.KeyType.BOOL, Group.COMMON),
    ACCESS_ID("acs:AccessId", ClauseKey.KeyType.TEXT, Group.COMMON),
    MFA_PRESENT("acs:MFAPresent", ClauseKey.KeyType.BOOL, Group.COMMON),
    SOURCE_VPC("acs:SourceVpc", ClauseKey.KeyType.TEXT, Group.COMMON),
    PREFIX("oss:Prefix", ClauseKey.KeyType.TEXT, Group.OSS),
    DELIMITER("oss:Delimiter", ClauseKey.KeyType.TEXT, Group.OSS),
    BUCKET_ACL("oss:x-oss-acl", ClauseKey.KeyType.TEXT, Group.OSS),
    OBJECT_ACL("oss:x-oss-object-acl", ClauseKey.KeyType.TEXT, Group.OSS),
    OIDC_ISSUER("oidc:iss", ClauseKey.KeyType.TEXT, Group.IDENTITY),
    OIDC_AUDIENCE("oidc:aud", ClauseKey.KeyType.TEXT, Group.IDENTITY),
    OIDC_SUBJECT("oidc:sub", ClauseKey.KeyType.TEXT, Group.IDENTITY),
    EXTERNAL_ID("sts:ExternalId", ClauseKey.KeyType.TEXT, Group.IDENTITY),
    SAML_RECIPIENT("saml:recipient", ClauseKey.KeyType.TEXT, Group.IDENTITY);

    private final String text;
    private final ClauseKey.KeyType type;
    private final Group group;

    ConditionKey(String text, ClauseKey.KeyType type, Group group) {
        this.text = text;
        this.type = type;
        this.group = group;
    }

    /** The kind of call that has the key. */
    enum Group {
        /** Any call. */
        COMMON,
        /** A request to OSS. */
        OSS,
        /** The authentication of a caller that assumes a role. */
        IDENTITY
    }

    /** The key as policies write it. */
    public String text() {
        return text;
    }

    ClauseKey.KeyType type() {
        return type;
    }

    Group group() {
        return group;
    }
}

package io.countersign.policy;

/**
 * The condition keys whose values a request brings (protocol.md 9, grammar). Not among them: {@code acs:PrincipalARN}, which is the principal's own, and
 * tags, which are told {@linkplain Tags together}.
 */
public enum ConditionKey {
    SOURCE_IP("acs:SourceIp", KeyType.IP, Group.COMMON),
    USER_AGENT("acs:UserAgent", KeyType.TEXT, Group.COMMON),
    CURRENT_TIME("acs:CurrentTime", KeyType.DATE, Group.COMMON),
    SECURE_TRANSPORT("acs:SecureTransport", KeyType.BOOL, Group.COMMON),
    ACCESS_ID("acs:AccessId", KeyType.TEXT, Group.COMMON),
    MFA_PRESENT("acs:MFAPresent", KeyType.BOOL, Group.COMMON),
    SOURCE_VPC("acs:SourceVpc", KeyType.TEXT, Group.COMMON),
    PREFIX("oss:Prefix", KeyType.TEXT, Group.OSS),
    DELIMITER("oss:Delimiter", KeyType.TEXT, Group.OSS),
    BUCKET_ACL("oss:x-oss-acl", KeyType.TEXT, Group.OSS),
    OBJECT_ACL("oss:x-oss-object-acl", KeyType.TEXT, Group.OSS),
    OIDC_ISSUER("oidc:iss", KeyType.TEXT, Group.IDENTITY),
    OIDC_AUDIENCE("oidc:aud", KeyType.TEXT, Group.IDENTITY),
    OIDC_SUBJECT("oidc:sub", KeyType.TEXT, Group.IDENTITY),
    EXTERNAL_ID("sts:ExternalId", KeyType.TEXT, Group.IDENTITY),
    SAML_RECIPIENT("saml:recipient", KeyType.TEXT, Group.IDENTITY);

    private final String text;
    private final KeyType type;
    private final Group group;

    ConditionKey(String text, KeyType type, Group group) {
        this.text = text;
        this.type = type;
        this.group = group;
    }

    /** What a key is about. */
    enum Group {
        /** Any call. */
        COMMON,
        /** A request to OSS. */
        OSS,
        /** How a caller proves who it is when it assumes a role. */
        IDENTITY
    }

    /** As policies write it. */
    public String text() {
        return text;
    }

    KeyType type() {
        return type;
    }

    Group group() {
        return group;
    }
}

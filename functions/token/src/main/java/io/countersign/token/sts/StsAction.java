package io.countersign.token.sts;

import java.util.Optional;
import java.util.Set;

/** The actions that are served, and the parameters that each has of its own. */
enum StsAction {
    ASSUME_ROLE("AssumeRole", Set.of("RoleArn", "RoleSessionName", "Policy", "DurationSeconds", "ExternalId")),
    ASSUME_ROLE_WITH_OIDC(
            "AssumeRoleWithOIDC",
            Set.of("OIDCProviderArn", "RoleArn", "OIDCToken", "RoleSessionName", "Policy", "DurationSeconds")),
    GET_CALLER_IDENTITY("GetCallerIdentity", Set.of());

    /** What any call may have. {@code RegionId} is sent by official SDKs and means nothing here. */
    private static final Set<String> COMMON = Set.of(
            "Action",
            "Version",
            "Format",
            "AccessKeyId",
            "Signature",
            "SignatureMethod",
            "SignatureVersion",
            "SignatureNonce",
            "SignatureType",
            "Timestamp",
            "SecurityToken",
            "RegionId");

    private final String text;
    private final Set<String> parameters;

    StsAction(String text, Set<String> parameters) {
        this.text = text;
        this.parameters = parameters;
    }

    /** As requests name it. */
    String text() {
        return text;
    }

    boolean knows(String parameter) {
        return parameters.contains(parameter) || COMMON.contains(parameter);
    }

    static Optional<StsAction> of(String text) {
        for (StsAction action : values()) {
            if (action.text.equals(text)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}

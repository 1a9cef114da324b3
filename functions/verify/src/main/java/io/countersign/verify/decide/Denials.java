package io.countersign.verify.decide;

import io.countersign.oss.ErrorDetails;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.Scope;
import io.countersign.oss.Target;
import io.countersign.policy.Decision;
import io.countersign.policy.Principal;
import io.countersign.registry.Bucket;
import io.countersign.registry.Facts;

/** Maps a denial to OSS's error by its cause (docs/protocol.md 8). */
final class Denials {
    private Denials() {}

    static OssRefusal refusal(Decision.DenialReason reason, Principal principal, Facts facts) {
        return switch (reason.type()) {
            case EXPLICIT_DENY -> byPolicy(reason, principal);
            case IMPLICIT_DENY -> implicit(reason, principal, facts);
        };
    }

    private static OssRefusal implicit(Decision.DenialReason reason, Principal principal, Facts facts) {
        if (principal instanceof Principal.Anonymous) {
            return new OssRefusal(
                    isService(reason.right().scope())
                            ? OssError.LIST_BUCKETS_FORBIDDEN
                            : OssError.ACCESS_DENIED_BY_BUCKET_ACL);
        }
        boolean foreign = reason.right()
                .scope()
                .bucketName()
                .flatMap(facts::bucket)
                .map(Bucket::accountId)
                .filter(owner -> !owner.equals(principal.accountId()))
                .isPresent();
        return foreign ? new OssRefusal(OssError.BUCKET_NOT_OWNED) : byPolicy(reason, principal);
    }

    /** The elements of AccessDeniedDetail. */
    private static OssRefusal byPolicy(Decision.DenialReason reason, Principal principal) {
        ErrorDetails details = new ErrorDetails.Builder()
                .add("PolicyType", policyType(reason.decidedBy()))
                .add("AuthPrincipalOwnerId", principal.accountId())
                .add("AuthPrincipalType", principalType(principal))
                .add("AuthPrincipalDisplayName", displayName(principal))
                .add("NoPermissionType", reason.type().text())
                .add("AuthAction", reason.right().action())
                .build();
        OssError error = error(reason.decidedBy());
        return new OssRefusal(error, error.message(), details);
    }

    /** The error whose EC names the kind of policy that {@link #policyType} names. An implicit deny of the default is attributed to the RAM policies. */
    private static OssError error(Decision.DecidedBy decidedBy) {
        return switch (decidedBy) {
            case SESSION_POLICY -> OssError.ACCESS_DENIED_BY_SESSION_POLICY;
            case BUCKET_POLICY -> OssError.ACCESS_DENIED_BY_BUCKET_POLICY;
            case OWNER, RAM_POLICY, ROLE_POLICY, OBJECT_ACL, BUCKET_ACL, DEFAULT ->
                OssError.ACCESS_DENIED_BY_RAM_POLICY;
        };
    }

    private static String policyType(Decision.DecidedBy decidedBy) {
        return switch (decidedBy) {
            case SESSION_POLICY -> "SessionPolicy";
            case BUCKET_POLICY -> "ResourceBasedPolicy";
            case OWNER, RAM_POLICY, ROLE_POLICY, OBJECT_ACL, BUCKET_ACL, DEFAULT -> "AccountLevelIdentityBasedPolicy";
        };
    }

    private static String principalType(Principal principal) {
        return switch (principal) {
            case Principal.Account account -> "Account";
            case Principal.RamUser user -> "SubUser";
            case Principal.AssumedRole role -> "AssumedRoleUser";
            case Principal.Anonymous anonymous -> "Anonymous";
        };
    }

    private static String displayName(Principal principal) {
        return switch (principal) {
            case Principal.Account account -> account.accountId();
            case Principal.RamUser user -> user.uid().orElse(user.name());
            case Principal.AssumedRole role -> role.roleName() + ":" + role.sessionName();
            case Principal.Anonymous anonymous -> "";
        };
    }

    private static boolean isService(Scope scope) {
        return scope instanceof Target.Service;
    }
}

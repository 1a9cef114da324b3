package io.countersign.verify.forwardauth;

import io.countersign.oss.Operation;
import io.countersign.oss.Operations;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses requests that cannot be judged or completed through a proxy, for every requester.
 *
 * <ul>
 *   <li>A POST upload: its key, policy and signature are in the body.
 * *   <li>A change of an ACL: the registry would have to learn of it after the storage made it, and here nothing confirms that.
 * </ul>
 */
final class ProxyLimits {
    private static final Set<Operation> ACL_CHANGES = EnumSet.of(Operation.PUT_BUCKET_ACL, Operation.PUT_OBJECT_ACL);

    private ProxyLimits() {}

    /** @throws OssRefusal MethodNotAllowed for a POST upload, AccessDenied for an ACL, both with the reason */
    static void check(OssRequest request) throws OssRefusal {
        Optional<Operation> operation = Operations.of(request);
        if (operation.equals(Optional.of(Operation.POST_OBJECT))) {
            throw new OssRefusal(
                    OssError.METHOD_NOT_ALLOWED,
                    OssError.METHOD_NOT_ALLOWED.message()
                            + " A POST upload carries its policy in the body, which is not read here;"
                            + " upload with PutObject.");
        }
        boolean setsAcl = operation.map(ACL_CHANGES::contains).orElse(false)
                || request.headers().has("x-oss-acl")
                || request.headers().has("x-oss-object-acl");
        if (setsAcl) {
            throw setsAcl();
        }
    }

    static OssRefusal setsAcl() {
        return new OssRefusal(
                OssError.ACCESS_DENIED,
                "ACLs are not changed through this endpoint, because the registry would not learn the result of the"
                        + " change; have the storage's operator set the ACL.");
    }
}

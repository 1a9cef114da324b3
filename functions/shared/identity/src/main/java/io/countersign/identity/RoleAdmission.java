package io.countersign.identity;

import io.countersign.policy.TrustPolicy;
import io.countersign.registry.Role;
import io.countersign.registry.RoleFaces;

/**
 * Judges whether a caller gets a role at a face. Everything that makes a session of a role or signs for its callers asks here, and nothing else judges a trust policy for that: a face
 * that the role does not list gets neither.
 */
public final class RoleAdmission {
    private RoleAdmission() {}

    /**
     * Returns normally if the role's trust policy admits the caller and the role lists the face. The trust policy is judged first, so that only who is trusted learns of faces.
     *
     * @param face that was called
     * @throws CallerRefusal NotTrusted or FaceNotAllowed
     */
    public static void require(Role role, RoleFaces.Face face, TrustPolicy.TrustRequest request) throws CallerRefusal {
        if (!role.trust().admits(request)) {
            throw new CallerRefusal(
                    CallerRefusal.Code.NOT_TRUSTED,
                    "The role's trust policy does not admit this provider's token; name another role or correct the trust policy.");
        }
        if (!role.faces().include(face)) {
            throw new CallerRefusal(
                    CallerRefusal.Code.FACE_NOT_ALLOWED,
                    "The role's faces in the manifest do not include " + face.text()
                            + "; ask at a face that they include, or have it added to them.");
        }
    }
}

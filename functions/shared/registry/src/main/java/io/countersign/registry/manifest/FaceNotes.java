package io.countersign.registry.manifest;

import io.countersign.policy.PolicyNote;
import io.countersign.registry.RoleFaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Notes on faces that are wider than the author of a role may believe, or closed. */
final class FaceNotes {
    /** The faces that take the default role of the caller's provider, where the call names none or cannot name any. */
    private static final Set<RoleFaces.Face> OF_DEFAULT_ROLES = Set.of(
            RoleFaces.Face.TOKEN, RoleFaces.Face.PRESIGN, RoleFaces.Face.POST_POLICY, RoleFaces.Face.SIGN_CONTENT);

    private FaceNotes() {}

    static List<PolicyNote> of(Manifest manifest) {
        List<PolicyNote> notes = new ArrayList<>();
        for (Manifest.ManifestAccount account : manifest.accounts()) {
            Set<String> ofUploads = account.uploads().stream()
                    .map(upload -> upload.record().role())
                    .collect(Collectors.toSet());
            for (Manifest.ManifestRole role : account.roles()) {
                if (ofUploads.contains(role.name())
                        && role.faces().named().isEmpty()
                        && role.trust().providersOf(account.id()) > 0) {
                    notes.add(
                            new PolicyNote(
                                    role.at(),
                                    "uploads use the role " + role.name()
                                            + ", and app users get it at other faces too, where no type and no size of an upload holds them; add faces: [uploads] to it, or list all faces that it is for"));
                }
            }
            for (Manifest.ManifestProvider provider : account.providers()) {
                String name = provider.record().defaultRole().orElse("");
                account.roles().stream()
                        .filter(role -> role.name().equals(name) && isClosed(role.faces()))
                        .forEach(
                                role -> notes.add(
                                        new PolicyNote(
                                                provider.at(),
                                                "the faces of the defaultRole " + name
                                                        + " include none that takes a default role; name another defaultRole, or take it out")));
            }
        }
        return notes;
    }

    private static boolean isClosed(RoleFaces faces) {
        return OF_DEFAULT_ROLES.stream().noneMatch(faces::include);
    }
}

package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The faces that may make sessions of a role or sign for its callers.
 *
 * @param named at least one; empty where the role names none, and every face may
 */
public record RoleFaces(Optional<Set<Face>> named) {
    /** Every face, those of later versions too. */
    public static final RoleFaces ALL = new RoleFaces(Optional.empty());

    /** @throws IllegalArgumentException when the list is empty */
    public RoleFaces {
        if (named.isPresent() && named.get().isEmpty()) {
            throw new IllegalArgumentException("a role is for one face at least");
        }
        named = named.map(faces -> Collections.unmodifiableSet(EnumSet.copyOf(faces)));
    }

    public boolean include(Face face) {
        return named.isEmpty() || named.get().contains(face);
    }

    /** Whether some face may make sessions of the role. */
    public boolean makeSessions() {
        return include(Face.TOKEN) || include(Face.STS);
    }

    /** The names of the list. */
    public static List<String> texts(Set<Face> faces) {
        return faces.stream().map(Face::text).toList();
    }

    /**
     * Reads the list of a manifest or of a stored role.
     *
     * @throws InvalidDocumentException when it is empty, or a name is not known here or duplicated: nobody may believe in a bound that does not hold
     */
    public static RoleFaces read(Value list) throws InvalidDocumentException {
        Set<Face> faces = EnumSet.noneOf(Face.class);
        for (Value element : Members.array(list)) {
            Face face = Face.of(Members.string(element))
                    .orElseThrow(() -> new InvalidDocumentException(element.at(), "expected " + Face.NAMES));
            if (!faces.add(face)) {
                throw new InvalidDocumentException(element.at(), "this is duplicated in the list; name it once");
            }
        }
        if (faces.isEmpty()) {
            throw new InvalidDocumentException(
                    list.at(), "the list is empty, so that nobody could use the role; name " + Face.NAMES);
        }
        return new RoleFaces(Optional.of(faces));
    }

    /** A face at which a caller uses a role. */
    public enum Face {
        /** {@code /token}: sessions for bearers. */
        TOKEN("token"),
        /** {@code /}: AssumeRole and AssumeRoleWithOIDC. */
        STS("sts"),
        /** {@code /presign}. */
        PRESIGN("presign"),
        /** {@code /post-policy}. */
        POST_POLICY("post-policy"),
        /** {@code /sign-content}. */
        SIGN_CONTENT("sign-content"),
        /** {@code /uploads/NAME} and below. */
        UPLOADS("uploads");

        private static final String NAMES =
                Arrays.stream(values()).map(Face::text).collect(Collectors.joining(", "));

        private final String text;

        Face(String text) {
            this.text = text;
        }

        /** As the manifest has it. */
        public String text() {
            return text;
        }

        static Optional<Face> of(String text) {
            return Arrays.stream(values())
                    .filter(face -> face.text.equals(text))
                    .findFirst();
        }
    }
}

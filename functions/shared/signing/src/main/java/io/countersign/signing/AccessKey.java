package io.countersign.signing;

/** An access key: a public id and a secret. */
public record AccessKey(String id, Secret secret) {
    /** The longest id in characters, including those of sessions. */
    public static final int MAX_ID_LENGTH = 128;

    /** @throws IllegalArgumentException when the id is empty or longer than {@link #MAX_ID_LENGTH} */
    public AccessKey {
        if (id.isEmpty() || id.length() > MAX_ID_LENGTH) {
            throw new IllegalArgumentException("an access key id has 1 to " + MAX_ID_LENGTH + " characters");
        }
    }
}

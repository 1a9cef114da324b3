package io.countersign.oss;

import java.util.Optional;

/**
 * One object of the body of DeleteMultipleObjects.
 *
 * @param versionId {@code null} in four letters is a version too; empty where the body names none, which deletes no version for good
 */
public record DeletedObject(String key, Optional<String> versionId) {
    public static DeletedObject of(String key) {
        return new DeletedObject(key, Optional.empty());
    }
}

package io.countersign.oss;

import java.util.List;
import java.util.Optional;

/**
 * What a request's body says, told by whoever has read it. What is not told is unknown, and counts as everything that the body could say.
 *
 * @param deleteKeys what the body of DeleteMultipleObjects names, at most 1,000; none: unknown
 * @param process the text of the body of ProcessObject or AsyncProcessObject: {@code x-oss-process=} (or {@code x-oss-async-process=}) and the process, or the process alone
 */
public record Body(List<DeletedObject> deleteKeys, Optional<String> process) {
    public static final Body UNKNOWN = new Body(List.of(), Optional.empty());

    public Body {
        deleteKeys = List.copyOf(deleteKeys);
    }

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
}

package io.countersign.oss;

import java.util.List;
import java.util.Optional;

/**
 * The content of a request's body, as reported by the component that read it. Unreported content is unknown and counts
 * as everything that the body could contain.
 *
 * @param deleteKeys the objects in the body of DeleteMultipleObjects, at most 1,000; empty when unknown
 * @param process the body of ProcessObject or AsyncProcessObject: {@code x-oss-process=} (or {@code
 *     x-oss-async-process=}) with the process, or only the process
 */
public record Body(List<DeletedObject> deleteKeys, Optional<String> process) {
    public static final Body UNKNOWN = new Body(List.of(), Optional.empty());

    public Body {
        deleteKeys = List.copyOf(deleteKeys);
    }

    /** The content with these parts. */
    public static Body of(List<DeletedObject> deleteKeys, Optional<String> process) {
        return deleteKeys.isEmpty() && process.isEmpty() ? UNKNOWN : new Body(deleteKeys, process);
    }

    /**
     * An object in the body of DeleteMultipleObjects.
     *
     * @param versionId the literal {@code null} is a version too; empty where the body names none, which deletes no
     *     version permanently
     */
    public record DeletedObject(String key, Optional<String> versionId) {
        public static DeletedObject of(String key) {
            return new DeletedObject(key, Optional.empty());
        }
    }
}

package io.countersign.upstream;

/** What becomes of a request's body; known from verb, target and query alone, before the request is judged. */
public sealed interface BodyUse {
    /** The operation has no body. One that comes with it is not read. */
    record Ignored() implements BodyUse {}

    /** The bytes of an object or of a part pass as they are. */
    record Streamed() implements BodyUse {}

    /**
     * The body is read first, because the decision or the translation needs what it says.
     *
     * @param maxBytes a longer one is refused
     */
    record Read(int maxBytes, BodyKind kind) implements BodyUse {}

    /** A form of PostObject: its fields are read first, its file streams. */
    record Form() implements BodyUse {}

    /** What a body that is read says. */
    enum BodyKind {
        /** The keys of DeleteMultipleObjects. */
        DELETE_KEYS,
        /** The process of ProcessObject or AsyncProcessObject. */
        PROCESS,
        /** The tags of an object. */
        TAGGING,
        /** An ACL. OSS takes it in a header; a body of these operations must be empty. */
        ACL,
        /** The parts of CompleteMultipartUpload. */
        COMPLETE_MULTIPART,
        /** XML that no decision reads and that goes on as it was read. */
        OTHER_XML
    }
}

package io.countersign.identity.delegation;

/** Where a form may upload to. */
public sealed interface UploadPlace {
    String bucket();

    /** The key, or how the keys begin. */
    String start();

    /** One object. */
    record Key(String bucket, String key) implements UploadPlace {
        @Override
        public String start() {
            return key;
        }
    }

    /** Every object whose key begins with the prefix. */
    record Below(String bucket, String prefix) implements UploadPlace {
        @Override
        public String start() {
            return prefix;
        }
    }
}

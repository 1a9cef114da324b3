package io.countersign.policy;

/** Condition keys that go on with the name of a tag. */
enum TagFamily {
    BUCKET("oss:BucketTag/"),
    EXISTING_OBJECT("oss:ExistingObjectTag/"),
    REQUEST_OBJECT("oss:RequestObjectTag/"),
    RESOURCE("acs:ResourceTag/");

    private static final int MAX_TAG = 128;

    private final String prefix;

    TagFamily(String prefix) {
        this.prefix = prefix;
    }

    String prefix() {
        return prefix;
    }

    /** Whether the key is one of these: the name has 1 to 128 characters and no variable. */
    boolean has(String key) {
        return key.startsWith(prefix)
                && key.length() > prefix.length()
                && key.length() <= prefix.length() + MAX_TAG
                && !key.contains("${");
    }
}

package io.countersign.registry;

import java.util.Set;

/**
 * Which keys a store behind a bucket keeps apart. One over files reads {@code a//b}, {@code a/./b} and {@code a/b/} as
 * {@code a/b}, so what was judged would not be what is read. Those that speak OSS keep every key, and so does one that
 * speaks S3 and of which the manifest says {@code flatNamespace}.
 */
public final class LiteralKeys {
    /** What a key must be to be kept. */
    public static final String RULE =
            "in front of a store that speaks S3 a key neither begins nor ends with a slash and has no //, and no"
                    + " segment . or .., which some stores fold. A folder needs no object of its own.";

    private static final Set<String> DOTS = Set.of(".", "..");

    private LiteralKeys() {}

    /** Whether no other key is the same object in this store. */
    public static boolean keeps(Upstream upstream, String key) {
        return keepsPrefix(upstream, key) && (!folds(upstream) || !key.endsWith("/"));
    }

    /** As {@link #keeps}; a prefix is the beginning of keys, so that its last segment may be of any length. */
    public static boolean keepsPrefix(Upstream upstream, String prefix) {
        if (!folds(upstream) || prefix.isEmpty()) {
            return true;
        }
        String[] segments = prefix.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean empty = segments[i].isEmpty() && (i == 0 || i < segments.length - 1);
            if (empty || DOTS.contains(segments[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean folds(Upstream upstream) {
        return switch (upstream.protocol()) {
            case OSS -> false;
            case S3 -> !upstream.flatNamespace();
        };
    }
}

package io.countersign.oss;

import java.util.Optional;

/**
 * An operator's domain under which buckets are served, such as {@code oss-*.example.com}. The {@code *} in the first
 * label represents the region; a domain without one has no region.
 *
 * @param prefix the text of the first label before the {@code *}; the whole domain when there is none
 * @param suffix the text after the {@code *}
 */
record BaseDomain(String prefix, boolean wildcard, String suffix) implements HostPattern {
    /** Transfer acceleration serves buckets of every region. */
    private static final String ACCELERATE = "accelerate";

    /**
     * @throws IllegalArgumentException when the pattern is not a domain with at most one {@code *}, in its first label
     */
    static BaseDomain parse(String pattern) {
        String text = AsciiCase.lower(pattern);
        int star = text.indexOf('*');
        String asName = star < 0 ? text : text.substring(0, star) + "x" + text.substring(star + 1);
        if (!HostText.isName(asName) || asName.charAt(0) == '.' || star > text.indexOf('.')) {
            throw new IllegalArgumentException(
                    "a base domain is not a host name; write each as oss.example.com or oss-*.example.com, the * in the first label");
        }
        return star < 0
                ? new BaseDomain(text, false, "")
                : new BaseDomain(text.substring(0, star), true, text.substring(star + 1));
    }

    @Override
    public Optional<HostMatch> match(String host) {
        return wildcard ? matchPattern(host) : matchExact(host);
    }

    private Optional<HostMatch> matchExact(String host) {
        int start = host.length() - prefix.length();
        if (!host.endsWith(prefix) || start > 0 && host.charAt(start - 1) != '.') {
            return Optional.empty();
        }
        return Optional.of(new HostMatch(before(host, start), Optional.empty()));
    }

    private Optional<HostMatch> matchPattern(String host) {
        int end = host.length() - suffix.length();
        if (end <= 0 || !host.endsWith(suffix)) {
            return Optional.empty();
        }
        int label = host.lastIndexOf('.', end - 1) + 1;
        int star = label + prefix.length();
        if (star >= end || !host.startsWith(prefix, label)) {
            return Optional.empty();
        }
        return Optional.of(new HostMatch(before(host, label), region(host.substring(star, end))));
    }

    private static String before(String host, int start) {
        return start == 0 ? "" : host.substring(0, start - 1);
    }

    private static Optional<String> region(String matched) {
        String region = RegionId.withoutInternal(matched);
        return region.isEmpty() || region.startsWith(ACCELERATE) ? Optional.empty() : Optional.of(region);
    }

    /**
     * A host that matches a base domain.
     *
     * @param bucket the text before the base domain; empty for the base domain itself and for a leading dot
     */
    record HostMatch(String bucket, Optional<String> region) {}
}

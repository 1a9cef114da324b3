package io.countersign.upstream.s3;

import io.countersign.oss.Headers;
import io.countersign.upstream.UpstreamFault;
import java.util.HashSet;
import java.util.Set;

/** The headers of a store's answer that go to the client, in OSS's names. Every other one is left out. */
final class S3AnswerHeaders {
    private static final String META = "x-amz-meta-";

    private static final Set<String> OF_OBJECT = Set.of(
            "accept-ranges",
            "cache-control",
            "content-disposition",
            "content-encoding",
            "content-language",
            "content-length",
            "content-range",
            "content-type",
            "etag",
            "expires",
            "last-modified");

    private static final Set<String> OF_META = Set.of("content-length", "etag", "last-modified");
    private static final Set<String> OF_UNMODIFIED = Set.of("cache-control", "etag", "expires", "last-modified");
    private static final Set<String> OF_DONE = Set.of("etag");

    private S3AnswerHeaders() {}

    static Headers ofObject(Headers store, Headers own) throws UpstreamFault {
        Headers headers = with(own, store, OF_OBJECT);
        Set<String> names = new HashSet<>();
        for (Headers.HeaderField field : store.fields()) {
            if (field.name().startsWith(META)) {
                if (!names.add(field.name())) {
                    throw twice(field);
                }
                headers = headers.and(S3Headers.META + field.name().substring(META.length()), checked(field));
            }
        }
        headers = headers.and(
                        "x-oss-storage-class",
                        StorageClasses.ofClient(
                                store.first("x-amz-storage-class").orElse("")))
                .and("x-oss-object-type", isOfParts(store) ? "Multipart" : "Normal");
        String tags = store.first("x-amz-tagging-count").orElse("");
        if (!tags.isEmpty() && tags.length() < 4 && tags.chars().allMatch(c -> c >= '0' && c <= '9')) {
            headers = headers.and("x-oss-tagging-count", tags);
        }
        return store.first("x-amz-server-side-encryption").orElse("").equals("AES256")
                ? headers.and("x-oss-server-side-encryption", "AES256")
                : headers;
    }

    static Headers ofMeta(Headers store, Headers own) throws UpstreamFault {
        return with(own, store, OF_META);
    }

    static Headers ofUnmodified(Headers store, Headers own) throws UpstreamFault {
        return with(own, store, OF_UNMODIFIED);
    }

    static Headers ofDone(Headers store, Headers own) throws UpstreamFault {
        return with(own, store, OF_DONE);
    }

    /** The ETag of an object that was uploaded in parts ends in their number. */
    private static boolean isOfParts(Headers store) {
        return store.first("etag").orElse("").indexOf('-') >= 0;
    }

    private static Headers with(Headers own, Headers store, Set<String> names) throws UpstreamFault {
        Headers headers = own;
        for (Headers.HeaderField field : store.fields()) {
            if (names.contains(field.name())) {
                if (headers.has(field.name())) {
                    throw twice(field);
                }
                headers = headers.and(field.name(), checked(field));
            }
        }
        return headers;
    }

    private static UpstreamFault twice(Headers.HeaderField field) {
        return new UpstreamFault("The store's answer has the header " + field.name() + " twice.");
    }

    private static String checked(Headers.HeaderField field) throws UpstreamFault {
        String value = field.value();
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' && value.charAt(i) != '\t' || value.charAt(i) == 0x7F) {
                throw new UpstreamFault("The store's answer has a control character in a header.");
            }
        }
        return value;
    }
}

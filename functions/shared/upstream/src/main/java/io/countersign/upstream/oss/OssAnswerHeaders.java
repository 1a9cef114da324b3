package io.countersign.upstream.oss;

import io.countersign.oss.Headers;
import io.countersign.upstream.UpstreamFault;
import java.util.Set;

/** The headers of a store's answer that go to the client. Every other one is left out. */
final class OssAnswerHeaders {
    private static final String META = "x-oss-meta-";

    private static final Set<String> NAMES = Set.of(
            "accept-ranges",
            "cache-control",
            "content-disposition",
            "content-encoding",
            "content-language",
            "content-md5",
            "content-range",
            "content-type",
            "etag",
            "expires",
            "last-modified",
            "x-oss-copy-source-version-id",
            "x-oss-delete-marker",
            "x-oss-expiration",
            "x-oss-hash-crc64ecma",
            "x-oss-last-access-time",
            "x-oss-next-append-position",
            "x-oss-object-type",
            "x-oss-object-worm-mode",
            "x-oss-object-worm-retain-until-date",
            "x-oss-restore",
            "x-oss-sealed-time",
            "x-oss-select-output-raw",
            "x-oss-server-side-encryption",
            "x-oss-storage-class",
            "x-oss-symlink-target",
            "x-oss-tagging-count",
            "x-oss-transition-time",
            "x-oss-version-id",
            "x-oss-worm-id");

    private OssAnswerHeaders() {}

    /**
     * Returns the client's headers after its own.
     *
     * @param length whether Content-Length is among them
     * @throws UpstreamFault when one is there twice, or has a control character
     */
    static Headers of(Headers fromStore, Headers own, boolean length) throws UpstreamFault {
        Headers headers = own;
        for (Headers.HeaderField field : fromStore.fields()) {
            String name = field.name();
            if (NAMES.contains(name) || name.startsWith(META) || length && name.equals("content-length")) {
                if (headers.has(name)) {
                    throw new UpstreamFault("The store's answer has the header " + name + " twice.");
                }
                headers = headers.and(name, checked(field.value()));
            }
        }
        return headers;
    }

    private static String checked(String value) throws UpstreamFault {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7F) {
                throw new UpstreamFault("The store's answer has a control character in a header.");
            }
        }
        return value;
    }
}

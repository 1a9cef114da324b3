package io.countersign.upstream.s3;

import io.countersign.oss.Headers;
import io.countersign.oss.ObjectTags;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OuterSpace;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.upstream.StoreRow;
import java.util.Locale;
import java.util.Set;

/** The headers of a request in S3's names and values. */
final class S3Headers {
    static final String META = "x-oss-meta-";
    private static final String S3_META = "x-amz-meta-";

    /** Headers that mean the same to OSS and S3. */
    private static final Set<String> SAME = Set.of(
            "cache-control",
            "content-disposition",
            "content-encoding",
            "content-language",
            "content-md5",
            "content-type",
            "expires",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-unmodified-since",
            "range");

    private S3Headers() {}

    /**
     * Returns the headers for the store: those that the row admits, translated.
     *
     * @throws OssRefusal InvalidArgument or NotImplemented for a value that OSS or the store does not have
     */
    static Headers of(Headers client, StoreRow row) throws OssRefusal {
        Headers headers = Headers.NONE;
        for (Headers.HeaderField field : client.fields()) {
            if (row.admitsHeader(field.name())) {
                headers = with(headers, field.name(), OuterSpace.trim(field.value()));
            }
        }
        return headers;
    }

    private static Headers with(Headers headers, String name, String value) throws OssRefusal {
        checkPrintable(name, value);
        if (SAME.contains(name)) {
            return headers.and(name, same(name, value));
        }
        if (name.startsWith(META)) {
            return headers.and(S3_META + name.substring(META.length()), value);
        }
        return switch (name) {
            case "x-oss-storage-class" -> headers.and("x-amz-storage-class", StorageClasses.ofStore(value));
            case "x-oss-tagging" -> headers.and("x-amz-tagging", tags(value));
            case "x-oss-server-side-encryption" -> headers.and("x-amz-server-side-encryption", encryption(value));
            case "x-oss-forbid-overwrite" -> bool(name, value) ? headers.and("if-none-match", "*") : headers;
            case "x-oss-metadata-directive" -> headers.and("x-amz-metadata-directive", directive(name, value));
            case "x-oss-tagging-directive" -> headers.and("x-amz-tagging-directive", directive(name, value));
            case "x-oss-copy-source-if-match",
                    "x-oss-copy-source-if-none-match",
                    "x-oss-copy-source-if-modified-since",
                    "x-oss-copy-source-if-unmodified-since" ->
                headers.and("x-amz-" + name.substring("x-oss-".length()), SourceConditions.ofStore(name, value));
            case "x-oss-copy-source-range" -> headers.and("x-amz-" + name.substring("x-oss-".length()), value);
            // The source is written anew; the ACL is the registry's; S3 reads ranges as "standard" says.
            case "x-oss-copy-source", "x-oss-object-acl" -> headers;
            case "x-oss-range-behavior" -> {
                if (!value.equals("standard")) {
                    throw invalid(name, "standard");
                }
                yield headers;
            }
            default ->
                throw new OssRefusal(
                        OssError.NOT_IMPLEMENTED,
                        "The header " + name + " means nothing to a store that speaks S3; leave it out.");
        };
    }

    /** Whether the client forbids that an object is overwritten. */
    static boolean forbidsOverwrite(Headers client) throws OssRefusal {
        String name = "x-oss-forbid-overwrite";
        return client.has(name) && bool(name, OuterSpace.trim(client.first(name).orElseThrow()));
    }

    private static String same(String name, String value) throws OssRefusal {
        // To S3 it says that the body is in signed chunks, which are taken out of it.
        if (name.equals("content-encoding") && value.toLowerCase(Locale.ROOT).contains("aws-chunked")) {
            throw new OssRefusal(OssError.INVALID_ARGUMENT, "The Content-Encoding aws-chunked is not one of OSS's.");
        }
        return value;
    }

    private static String tags(String value) throws OssRefusal {
        QueryParameters tags = QueryParameters.NONE;
        for (QueryParameter tag : ObjectTags.parse(value)) {
            tags = tags.and(tag.name(), tag.value());
        }
        return tags.encoded();
    }

    private static String encryption(String value) throws OssRefusal {
        if (value.equals("AES256")) {
            return value;
        }
        throw new OssRefusal(
                OssError.NOT_IMPLEMENTED,
                "Of the server-side encryptions a store that speaks S3 gets AES256 alone; set it, or leave the header out.");
    }

    private static String directive(String name, String value) throws OssRefusal {
        String upper = value.toUpperCase(Locale.ROOT);
        if (upper.equals("COPY") || upper.equals("REPLACE")) {
            return upper;
        }
        throw invalid(name, "COPY or REPLACE");
    }

    private static boolean bool(String name, String value) throws OssRefusal {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(name, "true or false");
        };
    }

    /** Stores disagree on the bytes of other characters, and on their signature. */
    private static void checkPrintable(String name, String value) throws OssRefusal {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
                throw new OssRefusal(
                        OssError.INVALID_ARGUMENT,
                        "The header " + name
                                + " has a character that is not printable ASCII, which stores that speak S3 read differently; percent-encode it.");
            }
        }
    }

    private static OssRefusal invalid(String name, String values) {
        return new OssRefusal(OssError.INVALID_ARGUMENT, "The header " + name + " is " + values + "; correct it.");
    }
}

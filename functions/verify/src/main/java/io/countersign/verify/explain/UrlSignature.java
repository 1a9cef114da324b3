package io.countersign.verify.explain;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The parameters of a presigned URL that a URL contains (docs/protocol.md 1.4, 2, 3).
 *
 * @param has the present parameters; at least one
 * @param lacks the missing parameters of the same version
 */
record UrlSignature(List<String> has, List<String> lacks) {
    private static final List<String> V1 = List.of("OSSAccessKeyId", "Expires", "Signature");
    private static final List<String> V2 =
            List.of("x-oss-signature-version", "x-oss-expires", "x-oss-access-key-id", "x-oss-signature");
    private static final List<String> V4 =
            List.of("x-oss-signature-version", "x-oss-credential", "x-oss-date", "x-oss-expires", "x-oss-signature");
    private static final List<String> TOKENS = List.of("x-oss-security-token", "security-token");
    /** The parameters of all versions. */
    static final List<String> NAMES =
            Stream.of(V1, V2, V4, TOKENS).flatMap(List::stream).distinct().toList();

    private static final String V2_ALONE = "x-oss-access-key-id";

    /** Empty when the URL has none of them. */
    static Optional<UrlSignature> of(String url) {
        Set<String> names = names(url);
        List<String> wanted = V1.stream().anyMatch(names::contains)
                ? V1
                : names.contains(V2_ALONE) || url.contains("x-oss-signature-version=OSS2") ? V2 : V4;
        List<String> has =
                new ArrayList<>(wanted.stream().filter(names::contains).toList());
        TOKENS.stream().filter(names::contains).forEach(has::add);
        return has.isEmpty()
                ? Optional.empty()
                : Optional.of(new UrlSignature(
                        has,
                        wanted.stream().filter(name -> !names.contains(name)).toList()));
    }

    /** The names of a URL's parameters, undecoded. */
    static Set<String> names(String url) {
        Set<String> names = new LinkedHashSet<>();
        int question = url.indexOf('?');
        if (question < 0) {
            return names;
        }
        for (String piece : url.substring(question + 1).split("&", -1)) {
            int equals = piece.indexOf('=');
            names.add(equals < 0 ? piece : piece.substring(0, equals));
        }
        return names;
    }
}

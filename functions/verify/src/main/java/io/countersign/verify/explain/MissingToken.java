package io.countersign.verify.explain;

import java.util.List;
import java.util.Optional;

/** Recognizes a session's access key without its security token, which a server reports as a key that does not exist. */
final class MissingToken {
    private static final List<String> NAMES = List.of("x-oss-security-token", "security-token");

    private MissingToken() {}

    /** Empty when the key in the error is not a session's, or the request has a token. */
    static Optional<Explained.Cause> cause(ServerError error, SeenRequest request) {
        boolean session = error.element("OSSAccessKeyId").orElse("").startsWith("STS.");
        return session && !hasToken(request) ? Optional.of(AnswerTable.KNOWN.named("TokenMissing")) : Optional.empty();
    }

    private static boolean hasToken(SeenRequest request) {
        boolean inForm = request.form().stream()
                .flatMap(form -> form.fields().stream())
                .anyMatch(field -> NAMES.contains(field.name()));
        return inForm
                || NAMES.stream().anyMatch(request.headers()::has)
                || UrlSignature.names(request.url()).stream().anyMatch(NAMES::contains);
    }
}

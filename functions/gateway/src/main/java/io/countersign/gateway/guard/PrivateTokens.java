package io.countersign.gateway.guard;

import io.countersign.http.Header;
import io.countersign.http.ProblemException;
import io.countersign.signing.ConstantTime;
import io.countersign.signing.base.Hmac;
import java.util.List;
import java.util.Optional;

/**
 * The programs that may call private endpoints. Each program has its own token and sends it as {@code Authorization: Bearer}, or as {@code X-Countersign-Token} to
 * {@code /auth}, where {@code Authorization} belongs to the proxy's client.
 *
 * <p>A token has 256 random bits, so its SHA-256 needs no salt. Each check compares the token with every program's, in time that does not depend on which one
 * matches.
 */
public record PrivateTokens(List<Program> programs) {
    private static final String AUTH_HEADER = "X-Countersign-Token";
    private static final String AUTHORIZATION = "Authorization";
    private static final String BEARER = "Bearer ";

    /**
     * One program.
     *
     * @param sha256 the SHA-256 of its token, in lower-case hex
     */
    public record Program(String name, PrivateEndpoints endpoints, String sha256) {}

    public PrivateTokens {
        programs = List.copyOf(programs);
    }

    /** Returns the SHA-256 of a token, in lower-case hex. */
    public static String sha256(String token) {
        return Hmac.Digests.sha256Hex(token);
    }

    /** Returns the guard that admits the programs that may call this endpoint. */
    public Guard before(PrivateEndpoint endpoint) {
        return headers -> refusal(endpoint, headers);
    }

    private Optional<ProblemException.Problem> refusal(PrivateEndpoint endpoint, List<Header> headers) {
        Optional<Program> program = token(endpoint, headers).flatMap(this::programOf);
        if (program.isEmpty()) {
            return Optional.of(new ProblemException.Problem(
                    401,
                    "PrivateTokenRequired",
                    "This endpoint requires a token",
                    "Send a token that is listed in the file of countersign.private.tokens, once, as "
                            + (endpoint == PrivateEndpoint.AUTH ? AUTH_HEADER + "." : "Authorization: Bearer.")));
        }
        return program.get().endpoints().include(endpoint)
                ? Optional.empty()
                : Optional.of(new ProblemException.Problem(
                        403,
                        "FaceNotCovered",
                        "This program may not call this endpoint",
                        "Ask the operator to add " + endpoint.path()
                                + " to the paths of the token in the file of countersign.private.tokens."));
    }

    /** Returns the token; empty when the header is missing or repeated, because it is undefined which of two values counts. */
    private static Optional<String> token(PrivateEndpoint endpoint, List<Header> headers) {
        return switch (endpoint) {
            case AUTH -> Header.only(headers, AUTH_HEADER);
            case VERIFY, ACL, EVENTS, SESSIONS_REVOKE, METRICS ->
                Header.only(headers, AUTHORIZATION)
                        .filter(line -> line.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                        .map(line -> line.substring(BEARER.length()));
        };
    }

    private Optional<Program> programOf(String token) {
        String hash = sha256(token);
        Optional<Program> found = Optional.empty();
        for (Program program : programs) {
            if (ConstantTime.equal(program.sha256(), hash)) {
                found = Optional.of(program);
            }
        }
        return found;
    }
}

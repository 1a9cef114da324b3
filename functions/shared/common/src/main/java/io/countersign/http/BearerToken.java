package io.countersign.http;

import java.util.List;

/** The bearer token of a call (RFC 6750, 2.1). */
public final class BearerToken {
    private static final String SCHEME = "Bearer ";

    private BearerToken() {}

    /**
     * The token of the call's one Authorization header.
     *
     * @throws ProblemException 401 with {@code WWW-Authenticate: Bearer} when the header is missing, duplicated, of another scheme, or not a token
     */
    public static String of(Call call) throws ProblemException {
        List<String> values = call.headerValues("Authorization");
        if (values.isEmpty()) {
            throw refused("MissingToken", "Send the header Authorization: Bearer <token>.");
        }
        if (values.size() > 1) {
            throw refused("InvalidToken", "Send the Authorization header once.");
        }
        String value = values.getFirst().strip();
        if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw refused("InvalidToken", "Use the scheme Bearer: Authorization: Bearer <token>.");
        }
        String token = value.substring(SCHEME.length()).strip();
        if (token.isEmpty() || !token.chars().allMatch(BearerToken::isTokenCharacter)) {
            throw refused("InvalidToken", "Send one token after Bearer, without spaces or quotes.");
        }
        return token;
    }

    private static boolean isTokenCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~+/=".indexOf(c) >= 0;
    }

    private static ProblemException refused(String code, String detail) {
        return new ProblemException(new ProblemException.Problem(
                401, code, "The caller is not known", detail, List.of(new Header("WWW-Authenticate", "Bearer"))));
    }
}

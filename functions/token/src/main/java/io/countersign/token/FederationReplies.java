package io.countersign.token;

import io.countersign.http.Problem;
import io.countersign.http.Reply;
import io.countersign.json.JsonText;

/**
 * The answers of {@code /token}. All are HTTP 200 and flat, because the phones' SDKs lose whatever stands in an answer of another status (protocol.md 5.2);
 * {@code StatusCode} is the true one. {@code Code} is for the clients of a credentials URI (protocol.md 13): they take an answer as a session only where it says {@code Success}, so no
 * refusal has it.
 */
final class FederationReplies {
    private static final String RETRY_AFTER = "Retry-After";

    private FederationReplies() {}

    static Reply of(TemporaryCredentials credentials) {
        return Reply.json(200, JsonText.object(json -> {
            json.put("StatusCode", 200).put("Code", "Success");
            credentials.shown().forEach(json::put);
        }));
    }

    /** When to ask again stands in the header {@code Retry-After} here too. */
    static Reply refusal(Problem problem) {
        Reply reply = Reply.json(
                200,
                JsonText.object(json -> json.put("StatusCode", problem.status())
                        .put("ErrorCode", problem.code())
                        .put("ErrorMessage", problem.detail())));
        return problem.headers().stream()
                .filter(header -> header.isNamed(RETRY_AFTER))
                .findFirst()
                .map(header -> reply.with(RETRY_AFTER, header.value()))
                .orElse(reply);
    }
}

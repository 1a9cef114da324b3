package io.countersign.token;

import io.countersign.http.Header;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.token.session.TemporaryCredentials;

/**
 * The answers of {@code /token}. All of them are HTTP 200 and flat, because the mobile SDKs discard the body of any other status (docs/protocol.md 5.2);
 * {@code StatusCode} is the real status. {@code Code} serves clients of a credentials URI (docs/protocol.md 13): they accept an answer as a session only if it
 * is {@code Success}, so no refusal has it. {@code SessionId} is ours: clients ignore members that they do not know.
 */
final class FederationReplies {
    private static final String RETRY_AFTER = "Retry-After";

    private FederationReplies() {}

    static Reply of(TemporaryCredentials credentials) {
        return Reply.json(200, json -> {
            json.put("StatusCode", 200).put("Code", "Success");
            credentials.revealed().forEach(json::put);
            json.put("SessionId", credentials.sessionId());
        });
    }

    /** Keeps the header {@code Retry-After} of the refusal. */
    static Reply refusal(ProblemException.Problem problem) {
        Reply reply = Reply.json(
                        200,
                        json -> json.put("StatusCode", problem.status())
                                .put("ErrorCode", problem.code())
                                .put("ErrorMessage", problem.detail()))
                .refusing(problem.status(), problem.code());
        return Header.first(problem.headers(), RETRY_AFTER)
                .map(seconds -> reply.with(RETRY_AFTER, seconds))
                .orElse(reply);
    }
}

package io.countersign.token;

import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.identity.token.SessionIssuer;
import io.countersign.json.JsonText;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Credentials of a session, about to be handed to their holder.
 *
 * @param expiration in whole seconds
 */
public record TemporaryCredentials(String accessKeyId, Secret secret, SecurityToken token, Instant expiration) {
    /** @throws IllegalArgumentException when the expiration is not of whole seconds, which some clients cannot read */
    public TemporaryCredentials {
        if (expiration.getNano() != 0) {
            throw new IllegalArgumentException("an expiration is in whole seconds");
        }
    }

    public static TemporaryCredentials of(SessionIssuer.IssuedSession session) {
        return new TemporaryCredentials(session.accessKeyId(), session.secret(), session.token(), session.expiration());
    }

    /** What the holder is shown, by the names that STS and the phones' SDKs know: for the answer alone, never for a log. */
    public SequencedMap<String, String> shown() {
        SequencedMap<String, String> shown = new LinkedHashMap<>();
        shown.put("AccessKeyId", accessKeyId);
        shown.put("AccessKeySecret", secret.reveal());
        shown.put("SecurityToken", token.reveal());
        shown.put("Expiration", expiration.toString());
        return shown;
    }

    /**
     * The answers of {@code /token}. All are HTTP 200 and flat, because the phones' SDKs lose whatever stands in an answer of another status (protocol.md 5.2);
     * {@code StatusCode} is the true one. {@code Code} is for the clients of a credentials URI (protocol.md 13): they take an answer as a session only where it says {@code Success}, so no
     * refusal has it.
     */
    static final class FederationReplies {
        private static final String RETRY_AFTER = "Retry-After";

        private FederationReplies() {}

        static Reply of(TemporaryCredentials credentials) {
            return Reply.json(200, JsonText.object(json -> {
                json.put("StatusCode", 200).put("Code", "Success");
                credentials.shown().forEach(json::put);
            }));
        }

        /** When to ask again stands in the header {@code Retry-After} here too. */
        static Reply refusal(ProblemException.Problem problem) {
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
}

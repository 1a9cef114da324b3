package io.countersign.gateway.explain;

import io.countersign.gateway.explain.transcript.Exchange;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.verify.explain.Explained;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * An app server's answer to a mobile SDK that asked for a session (docs/protocol.md 5.2; 11, troubles 2 and 6). Its contents are checked and never shown.
 *
 * @param members the members by name
 */
record TokenAnswer(OptionalInt status, Map<String, Value> members, Optional<Instant> date) {
    private static final List<String> NEEDED =
            List.of("StatusCode", "AccessKeyId", "AccessKeySecret", "SecurityToken", "Expiration");
    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    /** The time before the expiration when the SDKs renew a session. */
    private static final Duration EARLY = Duration.ofSeconds(300);

    private static final int OK = 200;

    /** Empty when the answer is not that of a token server. */
    static Optional<TokenAnswer> of(Exchange exchange) {
        return exchange.answer().flatMap(TokenAnswer::of);
    }

    /** The same for an answer without its request. */
    static Optional<TokenAnswer> of(Exchange.Answer answer) {
        try {
            return answer.body().strip().startsWith("{")
                            && Values.parse(answer.body()) instanceof Value.ObjectValue object
                            && isToken(object.members())
                    ? Optional.of(new TokenAnswer(answer.status(), object.members(), answer.date()))
                    : Optional.empty();
        } catch (InvalidDocumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isToken(Map<String, Value> members) {
        return members.containsKey("StatusCode")
                || members.containsKey("Credentials")
                || members.containsKey("SecurityToken");
    }

    Report report() {
        return new Report(
                Report.Kind.TOKEN,
                Report.Verdict.NOT_JUDGED,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                new Explained(Optional.empty(), List.of(), cause()),
                Optional.empty(),
                Optional.empty());
    }

    private Optional<Explained.Cause> cause() {
        if (members.containsKey("Credentials")) {
            return cause(
                    "TokenServerShape",
                    "The server handed on STS's own answer, with Credentials inside; the phones' SDKs read a flat one: {\"StatusCode\":200,\"AccessKeyId\",\"AccessKeySecret\",\"SecurityToken\",\"Expiration\"}, as /token gives it.");
        }
        if (status.orElse(OK) != OK) {
            return cause(
                    "TokenServerStatus",
                    "The server answered HTTP " + status.getAsInt()
                            + ", and the phones' SDKs lose the body of any status but 200; answer 200 with StatusCode, ErrorCode and ErrorMessage inside.");
        }
        if (members.containsKey("ErrorCode")) {
            return cause(
                    "TokenRefused",
                    "The token server refused the session; its ErrorCode and ErrorMessage say why, and no request to storage can be signed before it gives one.");
        }
        Optional<String> missing =
                NEEDED.stream().filter(name -> !members.containsKey(name)).findFirst();
        return missing.isPresent()
                ? cause(
                        "TokenServerShape",
                        "The server's answer lacks " + missing.get()
                                + ", without which the phones' SDKs fail; answer StatusCode, AccessKeyId, AccessKeySecret, SecurityToken and Expiration, flat, as /token does.")
                : expiration();
    }

    private Optional<Explained.Cause> expiration() {
        String text = members.get("Expiration") instanceof Value.StringValue string ? string.text() : "";
        if (!MOMENT.matcher(text).matches()) {
            return cause(
                    "TokenExpiration",
                    "Expiration is not written as 2026-11-22T03:00:00Z (whole seconds of UTC): the phones' SDKs read other forms wrongly, use sessions that have ended, or ask for one at every request.");
        }
        return endsEarly(text)
                ? cause(
                        "TokenTooShort",
                        "The session ends within 300 seconds, in which the phones' SDKs renew it already, so that they ask at every request; give sessions of at least 900 seconds.")
                : Optional.empty();
    }

    private boolean endsEarly(String expiration) {
        try {
            return date.isPresent()
                    && Duration.between(date.get(), Instant.parse(expiration)).compareTo(EARLY) < 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Optional<Explained.Cause> cause(String code, String sentence) {
        return Optional.of(new Explained.Cause(code, sentence));
    }
}

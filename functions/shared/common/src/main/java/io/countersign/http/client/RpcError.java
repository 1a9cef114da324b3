package io.countersign.http.client;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Values;
import java.util.Optional;
import java.util.regex.Pattern;

/** How Alibaba Cloud's RPC services say no: a status from 400 and JSON with a {@code Code} (protocol.md 6). */
public final class RpcError {
    /** A code and nothing else: what else they write may repeat what was sent. */
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RpcError() {}

    /** The code of an error; empty when the answer is no error of such a service. */
    public static Optional<String> code(Transport.Answer answer) {
        if (answer.status() < 400) {
            return Optional.empty();
        }
        try {
            return Optional.of(Members.of(Values.parse(answer.body())).string("Code"))
                    .filter(code -> CODE.matcher(code).matches());
        } catch (InvalidDocumentException e) {
            return Optional.empty();
        }
    }

    /** Refused for coming too often, and not acted on: a moment mends it. */
    public static boolean isThrottled(Transport.Answer answer) {
        return answer.status() == 429
                || answer.status() < 500
                        && code(answer)
                                .filter(code -> code.startsWith("Throttling"))
                                .isPresent();
    }

    /** What a moment can mend: throttling, or 5xx, after which nobody knows whether it was acted on. */
    public static boolean isTransient(Transport.Answer answer) {
        return answer.status() >= 500 || isThrottled(answer);
    }
}

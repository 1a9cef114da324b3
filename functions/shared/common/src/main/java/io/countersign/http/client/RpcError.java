package io.countersign.http.client;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Values;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the errors of Alibaba Cloud's RPC services: a status of at least 400 and JSON with a {@code Code} (docs/protocol.md 6). */
public final class RpcError {
    /** Admits only the code, because other members may repeat the request. */
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RpcError() {}

    /** The code of an error; empty when the response is not an error of such a service. */
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

    /** Whether the call was refused for its rate; it had no effect and may be repeated. KMS has a code of its own for it. */
    public static boolean isThrottled(Transport.Answer answer) {
        return answer.status() == 429
                || answer.status() < 500
                        && code(answer)
                                .filter(code -> code.startsWith("Throttling") || code.equals("Rejected.Throttling"))
                                .isPresent();
    }

    /** Whether a repeated call may succeed: after throttling, or after 5xx, which leaves open whether the call had an effect. */
    public static boolean isTransient(Transport.Answer answer) {
        return answer.status() >= 500 || isThrottled(answer);
    }
}

package io.countersign.gateway.server;

import io.countersign.http.Header;
import io.countersign.http.Problem;
import java.util.List;

/** What the port itself refuses, beyond what every function may. */
final class Refusals {
    private Refusals() {}

    static Problem malformed() {
        return new Problem(
                400,
                "BadRequest",
                "This is not HTTP as it should be",
                "Send a path or an absolute URL in the request line, and well-formed headers.");
    }

    static Problem otherVersion() {
        return new Problem(
                505,
                "HttpVersionNotSupported",
                "This version of HTTP is not spoken here",
                "Send HTTP/1.1 or HTTP/1.0.");
    }

    static Problem foreignOrigin() {
        return new Problem(
                403,
                "OriginNotAllowed",
                "Pages of this origin may not call this",
                "Call from a page of an origin that the operator has listed in countersign.cors.allowed-origins.");
    }

    static Problem tooSlow() {
        return new Problem(
                408, "RequestTimeout", "The request did not arrive in time", "Send it again, without pauses.");
    }

    static Problem overloaded() {
        return new Problem(
                503,
                "Overloaded",
                "Too many requests are waiting",
                "Send this one again in a second.",
                List.of(new Header("Retry-After", "1")));
    }

    /** The server ends, and could not wait for this request any longer. */
    static Problem stopping() {
        return new Problem(
                503,
                "Stopping",
                "The server is being stopped",
                "Send this one again in a second, on another connection.",
                List.of(new Header("Retry-After", "1")));
    }
}

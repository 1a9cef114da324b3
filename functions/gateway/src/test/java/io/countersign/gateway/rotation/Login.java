package io.countersign.gateway.rotation;

import io.countersign.signing.AccessKey;
import io.countersign.signing.SecurityToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One login of a user: its token, and the sessions that it got.
 *
 * @param issued {@code iat}, in whole seconds
 */
record Login(String subject, String token, Instant issued, List<Owned> sessions) {
    Login(String subject, String token, Instant issued) {
        this(subject, token, issued, new ArrayList<>());
    }

    /** What {@code /token} answers. */
    sealed interface Answer {
        record Session(String id, Instant until, AccessKey key, SecurityToken token) implements Answer {}

        record Refused(String code) implements Answer {}
    }

    /** @param issued when it was asked for */
    record Owned(Answer.Session session, Instant issued) {}
}

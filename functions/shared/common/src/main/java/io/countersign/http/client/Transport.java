package io.countersign.http.client;

import io.countersign.http.Header;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sends one request and brings one answer. */
@FunctionalInterface
public interface Transport {
    /**
     * @param body of ASCII characters alone
     * @param timeout for all of it, the answer's body included
     * @throws IOException when no whole answer comes in time, or it is too large
     */
    Answer post(URI uri, List<Header> headers, String body, Duration timeout) throws IOException;

    /**
     * @param date the header {@code Date} as it came: the clock of the other side
     * @param body read as UTF-8
     */
    record Answer(int status, Optional<String> date, String body) {
        /** The status alone: the body may hold a secret. */
        @Override
        public String toString() {
            return "Answer[" + status + "]";
        }
    }
}

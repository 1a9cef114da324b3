package io.countersign.token.upstream;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** Sends one form and brings one answer. */
@FunctionalInterface
interface Transport {
    /**
     * @param timeout for all of it, the body included
     * @throws IOException when no whole answer comes in time, or it is too large
     */
    Answer post(URI uri, String form, Duration timeout) throws IOException;

    /** @param body read as UTF-8 */
    record Answer(int status, String body) {
        /** The status alone: the body may hold a secret. */
        @Override
        public String toString() {
            return "Answer[" + status + "]";
        }
    }
}

package io.countersign.gateway.store;

import io.countersign.http.Outages;
import io.countersign.http.Reply;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.upstream.AnswerHead;
import io.countersign.upstream.UpstreamRequest;
import java.time.Instant;
import java.util.Optional;

/** What becomes of a request. */
sealed interface Verdict {
    /** The client gets this; nothing goes to the store. */
    record Say(Reply reply) implements Verdict {}

    /**
     * The request was allowed, and goes to the store.
     *
     * @param told the decision, for logs and metrics
     * @param replies writes what this port says itself
     */
    record Send(UpstreamRequest request, Reply told, AfterAnswer after, OssReplies replies) implements Verdict {
        /** What the client gets instead of the store's answer, once what is left to do was done. */
        Optional<Reply> afterAnswer(AnswerHead head, Instant now) {
            try {
                return after.run(head, now);
            } catch (StoreUnavailable e) {
                Outages.log(e);
                return Optional.of(replies.unavailable());
            }
        }
    }

    /** What there is to do when the store has answered, before its client gets the answer. It may wait for the registry. */
    @FunctionalInterface
    interface AfterAnswer {
        /** Passes the answer on. */
        AfterAnswer NOTHING = (head, now) -> Optional.empty();

        /**
         * @return what the client gets instead of the store's answer
         * @throws StoreUnavailable when a change could not be recorded: the client has to send the request again
         */
        Optional<Reply> run(AnswerHead head, Instant now) throws StoreUnavailable;
    }
}

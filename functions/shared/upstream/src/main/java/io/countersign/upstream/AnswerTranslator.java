package io.countersign.upstream;

import io.countersign.http.Bytes;
import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;

/** Translates the store's answer to one request. It keeps no state, so that both methods may be called in any order. */
public interface AnswerTranslator {
    /** Whether a document of success names the store's bucket before {@link #whole} writes it anew. */
    default boolean namesBucket() {
        return true;
    }

    /**
     * Returns what goes to the client. Its headers are allow-listed and named as OSS names them; {@code
     * x-oss-request-id} is this request's own.
     *
     * @param fromStore all headers of the answer
     * @throws UpstreamFault for an answer that says something about our signature or that no store should give: 401,
     *     403, a redirect, an unreadable head. The client gets 503
     */
    AnswerHead head(int status, Headers fromStore, String requestId) throws UpstreamFault;

    /**
     * Returns the whole answer where {@link #head} said {@link AnswerBody.Rewritten}: small XML, and every error
     * document. Its head takes the place of the one that {@link #head} returned.
     *
     * @throws UpstreamFault when the store's body cannot be read, or says something about our signature
     * @throws OssRefusal when only the store's document shows that the request cannot be answered. It takes the place of
     *     the whole answer, the head included
     */
    WholeAnswer whole(int status, Headers fromStore, Bytes body, String requestId) throws UpstreamFault, OssRefusal;
}

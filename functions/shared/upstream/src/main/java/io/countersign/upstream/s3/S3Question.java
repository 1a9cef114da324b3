package io.countersign.upstream.s3;

import io.countersign.http.Bytes;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.Operation;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameters;
import io.countersign.upstream.AnswerBody;
import io.countersign.upstream.AnswerHead;
import io.countersign.upstream.AnswerTranslator;
import io.countersign.upstream.JudgedRequest;
import io.countersign.upstream.StoreObject;
import io.countersign.upstream.Translated;
import io.countersign.upstream.UpstreamBody;
import io.countersign.upstream.UpstreamFault;
import io.countersign.upstream.WholeAnswer;
import java.util.Optional;

/**
 * A HEAD that finds out whether the condition of a request holds. Some stores ignore {@code If-None-Match} of
 * CompleteMultipartUpload and {@code x-amz-copy-source-if-*}, and all keep to the conditions of a HEAD. The request has
 * its condition all the same: a store that keeps to it leaves no time between the question and the request.
 *
 * @param request of the request itself: what it makes of a refusal is the client's answer
 * @param absent whether the condition is that there is no such object
 */
record S3Question(AnswerTranslator request, boolean absent) implements AnswerTranslator {
    private static final String ON_SOURCE = "x-amz-copy-source-";
    private static final int HOLDS = 200;

    /** @param translated the request */
    static Optional<Translated> of(JudgedRequest judged, Translated translated, Optional<StoreObject> source)
            throws OssRefusal {
        if (judged.operation() == Operation.COMPLETE_MULTIPART_UPLOAD
                && S3Headers.forbidsOverwrite(judged.oss().headers())) {
            return Optional.of(question(translated, translated.key(), Headers.NONE, true));
        }
        Headers conditions = Headers.NONE;
        for (Headers.HeaderField field : translated.headers().fields()) {
            if (field.name().startsWith(ON_SOURCE + "if-")) {
                conditions = conditions.and(field.name().substring(ON_SOURCE.length()), field.value());
            }
        }
        return conditions.fields().isEmpty()
                ? Optional.empty()
                : Optional.of(question(translated, source.map(StoreObject::key), conditions, false));
    }

    private static Translated question(Translated request, Optional<String> key, Headers conditions, boolean absent) {
        return new Translated(
                HttpMethod.HEAD,
                key,
                QueryParameters.NONE,
                conditions,
                new UpstreamBody.None(),
                new S3Question(request.answer(), absent));
    }

    @Override
    public AnswerHead head(int status, Headers fromStore, String requestId) throws UpstreamFault {
        int meant = meant(status);
        return meant == HOLDS
                ? new AnswerHead(HOLDS, Headers.NONE, new AnswerBody.None())
                : request.head(meant, Headers.NONE, requestId);
    }

    @Override
    public WholeAnswer whole(int status, Headers fromStore, Bytes body, String requestId)
            throws UpstreamFault, OssRefusal {
        return request.whole(meant(status), Headers.NONE, Bytes.EMPTY, requestId);
    }

    /** The status that the request itself would have, if the store kept to its condition. */
    private int meant(int status) throws UpstreamFault {
        if (absent && (status == 200 || status == 404)) {
            return status == 200 ? 412 : HOLDS;
        }
        if (!absent && (status == 200 || status == 304 || status == 404 || status == 412)) {
            return status;
        }
        throw new UpstreamFault(
                "The store answered " + status
                        + " when it was asked whether the condition of a request holds; let the bucket's signer read and list the bucket at the store.");
    }
}

package io.countersign.upstream.s3;

import io.countersign.http.Bytes;
import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.upstream.ContentMd5;
import io.countersign.upstream.JudgedRequest;
import io.countersign.upstream.Translated;
import io.countersign.upstream.UpstreamBody;
import java.util.Optional;

/** A request to the store while it is put together: of the client's method, on the object or bucket that it named. */
record S3Request(JudgedRequest judged, QueryParameters query, Headers headers, UpstreamBody body) {
    static S3Request of(JudgedRequest judged) {
        return new S3Request(judged, QueryParameters.NONE, Headers.NONE, new UpstreamBody.None());
    }

    S3Request query(QueryParameters other) {
        return new S3Request(judged, other, headers, body);
    }

    S3Request query(QueryParameter only) {
        return query(QueryParameters.NONE.and(only));
    }

    S3Request headers(Headers other) {
        return new S3Request(judged, query, other, body);
    }

    S3Request body(UpstreamBody other) {
        return new S3Request(judged, query, headers, other);
    }

    /** A document of ours, with the digest that S3 asks for. */
    S3Request given(Bytes document) {
        Headers described = headers.without("content-md5")
                .without("content-type")
                .and("content-md5", ContentMd5.of(document))
                .and("content-type", "application/xml");
        return new S3Request(judged, query, described, new UpstreamBody.Given(document));
    }

    Translated reads(S3Answer.Rewriting rewriting) throws OssRefusal {
        return answered(new S3Answer.Success.Document(rewriting));
    }

    /** Reads a document with an ETag that OSS answers in a header too. */
    Translated readsTagged(S3Answer.Rewriting rewriting) throws OssRefusal {
        return answered(new S3Answer.Success.Tagged(rewriting));
    }

    Translated answered(S3Answer.Success success) throws OssRefusal {
        Optional<String> key =
                judged.oss().target() instanceof Target.ObjectKey object ? Optional.of(object.key()) : Optional.empty();
        boolean onlyNew = S3Headers.forbidsOverwrite(judged.oss().headers());
        return new Translated(
                judged.oss().method(), key, query, headers, body, new S3Answer(judged.oss(), success, onlyNew));
    }
}

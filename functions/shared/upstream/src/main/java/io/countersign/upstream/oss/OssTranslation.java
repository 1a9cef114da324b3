package io.countersign.upstream.oss;

import io.countersign.http.Bytes;
import io.countersign.oss.EncodedText;
import io.countersign.oss.Headers;
import io.countersign.oss.ObjectTags;
import io.countersign.oss.Operation;
import io.countersign.oss.Operations;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.registry.Upstream;
import io.countersign.upstream.BodyUse;
import io.countersign.upstream.ContentMd5;
import io.countersign.upstream.JudgedRequest;
import io.countersign.upstream.StoreKeys;
import io.countersign.upstream.StoreObject;
import io.countersign.upstream.StoreRow;
import io.countersign.upstream.Translated;
import io.countersign.upstream.Translation;
import io.countersign.upstream.UpstreamBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a request for a store that speaks OSS: it is the client's but for names. Whatever names an object or a bucket is
 * written anew from what was judged, so that no second reading of the client's text reaches the store.
 */
public final class OssTranslation implements Translation {
    private static final String PROCESS = "x-oss-process";
    private static final String SOURCE = EncodedText.COPY_SOURCE.name();
    private static final String LINK = EncodedText.SYMLINK_TARGET.name();
    private static final String TAGS = EncodedText.TAGGING.name();
    private static final String MD5 = "content-md5";

    @Override
    public Translated request(JudgedRequest judged, StoreRow row, Upstream upstream, Optional<StoreObject> source)
            throws OssRefusal {
        boolean process = judged.operation() == Operation.PROCESS_OBJECT;
        UpstreamBody body = process ? SavedProcess.body(judged, upstream) : body(judged, row);
        return new Translated(
                judged.oss().method(),
                key(judged),
                process
                        ? new QueryParameters(List.of(QueryParameter.bare(PROCESS)))
                        : query(judged.oss().query()),
                headers(judged, body, source),
                body,
                new OssAnswer(judged));
    }

    private static Optional<String> key(JudgedRequest judged) {
        return switch (judged.oss().target()) {
            case Target.Service service -> throw new IllegalArgumentException("the service has no bucket");
            case Target.Bucket bucket -> Optional.empty();
            case Target.ObjectKey object -> Optional.of(object.key());
        };
    }

    private static UpstreamBody body(JudgedRequest judged, StoreRow row) {
        return switch (row.body()) {
            case BodyUse.Ignored ignored -> new UpstreamBody.None();
            case BodyUse.Streamed streamed -> new UpstreamBody.Streamed();
            case BodyUse.Form form ->
                throw new IllegalArgumentException("a form is sent as the PutObject it stands for");
            case BodyUse.Read read ->
                judged.body().filter(bytes -> !bytes.isEmpty()).isPresent()
                        ? new UpstreamBody.Given(judged.body().get())
                        : new UpstreamBody.None();
        };
    }

    private static QueryParameters query(QueryParameters client) throws OssRefusal {
        if (client.first(PROCESS).filter(process -> process.contains("sys/")).isPresent()) {
            throw new OssRefusal(
                    OssError.NOT_IMPLEMENTED,
                    "A process with a step of sys/ is not implemented in the URL of an object behind which is a store; send"
                            + " it by ProcessObject.");
        }
        return client;
    }

    private static Headers headers(JudgedRequest judged, UpstreamBody body, Optional<StoreObject> source)
            throws OssRefusal {
        List<Headers.HeaderField> headers = new ArrayList<>();
        for (Headers.HeaderField field : judged.oss().headers().fields()) {
            String name = field.name();
            if (!(body instanceof UpstreamBody.Given && name.equals(MD5))) {
                headers.add(new Headers.HeaderField(name, value(judged, field, source)));
            }
        }
        if (body instanceof UpstreamBody.Given(Bytes bytes)) {
            headers.add(new Headers.HeaderField(MD5, ContentMd5.of(bytes)));
        }
        return new Headers(headers);
    }

    private static String value(JudgedRequest judged, Headers.HeaderField field, Optional<StoreObject> source)
            throws OssRefusal {
        if (field.name().equals(SOURCE)) {
            return source(source.orElseThrow());
        }
        if (field.name().equals(LINK)) {
            String target = Operations.symlinkTarget(judged.oss());
            StoreKeys.check(target);
            return PercentEncoding.encodePath(target);
        }
        return field.name().equals(TAGS)
                ? new QueryParameters(ObjectTags.parse(field.value())).encoded()
                : field.value();
    }

    private static String source(StoreObject source) {
        String path = "/" + source.bucket() + "/" + PercentEncoding.encodePath(source.key());
        return source.version().isEmpty()
                ? path
                : path + "?versionId=" + PercentEncoding.encode(source.version().get());
    }
}

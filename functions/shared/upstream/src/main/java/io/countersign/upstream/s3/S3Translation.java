package io.countersign.upstream.s3;

import io.countersign.http.Bytes;
import io.countersign.oss.Body.DeletedObject;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.registry.Upstream;
import io.countersign.upstream.JudgedRequest;
import io.countersign.upstream.ListBounds;
import io.countersign.upstream.StoreKeys;
import io.countersign.upstream.StoreObject;
import io.countersign.upstream.StoreRow;
import io.countersign.upstream.Translated;
import io.countersign.upstream.Translation;
import io.countersign.upstream.UpstreamBody;
import io.countersign.upstream.s3.S3Answer.Rewriting;
import io.countersign.upstream.s3.S3Answer.Success;
import io.countersign.upstream.xml.DeleteList;
import io.countersign.upstream.xml.PartList;
import io.countersign.upstream.xml.TagList;
import java.util.Optional;
import java.util.Set;

/**
 * Writes requests of OSS as requests of S3 (docs.aws.amazon.com, Amazon S3 API Reference). What S3 does not have is
 * refused here or in the table, because stores ignore what they do not know: a condition that is ignored overwrites an
 * object.
 */
public final class S3Translation implements Translation {
    private static final String TYPE = "content-type";
    private static final String COPY_SOURCE = "x-amz-copy-source";

    private static final Set<String> ANSWER_HEADERS = Set.of(
            "response-cache-control",
            "response-content-disposition",
            "response-content-encoding",
            "response-content-language",
            "response-content-type",
            "response-expires");

    @Override
    public Translated request(JudgedRequest judged, StoreRow row, Upstream upstream, Optional<StoreObject> source)
            throws OssRefusal {
        Headers headers = S3Headers.of(judged.oss().headers(), row);
        return switch (judged.oss().target()) {
            case Target.Service service -> throw notOffered(judged);
            case Target.Bucket bucket -> ofBucket(judged, upstream);
            case Target.ObjectKey object -> {
                StoreKeys.check(object.key(), upstream);
                yield ofObject(judged, object, headers, source);
            }
        };
    }

    @Override
    public Optional<Translated> question(JudgedRequest judged, Translated translated, Optional<StoreObject> source)
            throws OssRefusal {
        return S3Question.of(judged, translated, source);
    }

    private static Translated ofBucket(JudgedRequest judged, Upstream upstream) throws OssRefusal {
        QueryParameters client = judged.oss().query();
        return switch (judged.operation()) {
            case LIST_OBJECTS -> {
                StoreKeys.checkPrefix(client.first("prefix").orElse(""), upstream);
                ObjectList list = ObjectList.of(judged.bucket(), client);
                yield S3Request.of(judged).query(list.query()).reads(list::ofClient);
            }
            case LIST_MULTIPART_UPLOADS -> {
                StoreKeys.checkPrefix(client.first("prefix").orElse(""), upstream);
                int max = ListBounds.of(client, "max-uploads", UploadLists.USUAL);
                yield S3Request.of(judged)
                        .query(UploadLists.uploadsQuery(client))
                        .reads(store -> UploadLists.uploads(judged.bucket().name(), client, max, store));
            }
            case DELETE_MULTIPLE_OBJECTS -> deleteMultiple(judged, upstream);
            case HEAD_BUCKET -> S3Request.of(judged).answered(new Success.Done(200));
            case GET_BUCKET_INFO ->
                S3Request.of(judged)
                        .query(counting(1))
                        .reads(store -> BucketDocuments.info(
                                judged.bucket(), judged.oss().address().endpoint()));
            case GET_BUCKET_STAT ->
                S3Request.of(judged)
                        .query(counting(BucketDocuments.MAX_COUNTED))
                        .reads(BucketDocuments::stat);
            default -> throw notOffered(judged);
        };
    }

    private static Translated ofObject(
            JudgedRequest judged, Target.ObjectKey object, Headers headers, Optional<StoreObject> source)
            throws OssRefusal {
        QueryParameters client = judged.oss().query();
        S3Request request = S3Request.of(judged);
        return switch (judged.operation()) {
            case GET_OBJECT, HEAD_OBJECT ->
                request.headers(headers.without(TYPE))
                        .query(only(client, ANSWER_HEADERS))
                        .answered(new Success.Object());
            case GET_OBJECT_META -> {
                if (judged.oss().method() != HttpMethod.HEAD) {
                    throw new OssRefusal(
                            OssError.NOT_IMPLEMENTED,
                            "In front of a store that speaks S3, GetObjectMeta is offered by HEAD; send it so.");
                }
                yield request.headers(headers.without(TYPE)).answered(new Success.Meta());
            }
            case PUT_OBJECT ->
                request.headers(typed(headers))
                        .body(new UpstreamBody.Measured())
                        .answered(new Success.Done(200));
            case DELETE_OBJECT -> request.answered(new Success.Done(204));
            case COPY_OBJECT -> copy(request, judged, headers, source);
            case GET_OBJECT_TAGGING ->
                request.query(QueryParameter.bare("tagging")).reads(S3Documents::tags);
            case PUT_OBJECT_TAGGING ->
                request.query(QueryParameter.bare("tagging"))
                        .given(TagList.parse(body(judged)).document())
                        .answered(new Success.Done(200));
            case DELETE_OBJECT_TAGGING ->
                request.query(QueryParameter.bare("tagging")).answered(new Success.Done(204));
            case INITIATE_MULTIPART_UPLOAD -> {
                refuseForbidding(judged, "CompleteMultipartUpload");
                yield request.headers(typed(headers))
                        .query(QueryParameter.bare("uploads"))
                        .reads(store -> S3Documents.initiated(object, client, store));
            }
            case UPLOAD_PART ->
                request.headers(headers.without(TYPE))
                        .query(part(client))
                        .body(new UpstreamBody.Measured())
                        .answered(new Success.Done(200));
            case UPLOAD_PART_COPY ->
                request.headers(headers.without(TYPE).and(COPY_SOURCE, encoded(source)))
                        .query(part(client))
                        .readsTagged(store -> S3Documents.copied("CopyPartResult", store));
            case COMPLETE_MULTIPART_UPLOAD -> {
                PartList parts = PartList.parse(body(judged));
                yield request.headers(headers)
                        .query(upload(client))
                        .given(parts.document())
                        .readsTagged(store -> S3Documents.completed(object, judged, parts, store));
            }
            case ABORT_MULTIPART_UPLOAD -> request.query(upload(client)).answered(new Success.Done(204));
            case LIST_PARTS ->
                request.query(UploadLists.partsQuery(client))
                        .reads(store -> UploadLists.parts(object.bucket(), object.key(), client, store));
            default -> throw notOffered(judged);
        };
    }

    private static Translated deleteMultiple(JudgedRequest judged, Upstream upstream) throws OssRefusal {
        ListNames.check(judged.oss().query());
        DeleteList asked = DeleteList.parse(body(judged));
        for (DeletedObject object : asked.objects()) {
            StoreKeys.check(object.key(), upstream);
            if (object.versionId().isPresent()) {
                throw new OssRefusal(
                        OssError.NOT_IMPLEMENTED,
                        "Versions are not offered in front of a store that speaks S3; leave VersionId out.");
            }
        }
        Rewriting rewriting = store -> S3Documents.deleted(asked, judged.oss().query(), store);
        return S3Request.of(judged)
                .query(QueryParameter.bare("delete"))
                .given(new DeleteList(false, asked.objects()).document())
                .reads(rewriting);
    }

    /** Without REPLACE neither OSS nor S3 uses the metadata of the request. */
    private static Translated copy(
            S3Request request, JudgedRequest judged, Headers headers, Optional<StoreObject> source) throws OssRefusal {
        refuseForbidding(judged, "PutObject");
        boolean replaces = headers.first("x-amz-metadata-directive").orElse("").equals("REPLACE");
        Headers sent = Headers.NONE;
        for (Headers.HeaderField field : headers.fields()) {
            boolean ofStore = field.name().startsWith("x-amz-") && !field.name().startsWith("x-amz-meta-");
            sent = ofStore || replaces ? sent.and(field.name(), field.value()) : sent;
        }
        return request.headers((replaces ? typed(sent) : sent).and(COPY_SOURCE, encoded(source)))
                .readsTagged(store -> S3Documents.copied("CopyObjectResult", store));
    }

    /** Most stores do not know the condition there and would overwrite the object. */
    private static void refuseForbidding(JudgedRequest judged, String elsewhere) throws OssRefusal {
        if (S3Headers.forbidsOverwrite(judged.oss().headers())) {
            throw new OssRefusal(
                    OssError.NOT_IMPLEMENTED,
                    "In front of a store that speaks S3, x-oss-forbid-overwrite is offered for PutObject and"
                            + " CompleteMultipartUpload; send it with " + elsewhere + ", or leave it out.");
        }
    }

    private static Bytes body(JudgedRequest judged) throws OssRefusal {
        return judged.body().orElseThrow(() -> new OssRefusal(OssError.MALFORMED_XML));
    }

    /** OSS's type of an object that names none; stores have others. */
    private static Headers typed(Headers headers) {
        return headers.has(TYPE) ? headers : headers.and(TYPE, "application/octet-stream");
    }

    private static String encoded(Optional<StoreObject> source) throws OssRefusal {
        StoreObject object = source.orElseThrow(() -> new IllegalStateException("a copy has a source"));
        if (object.version().isPresent()) {
            throw new OssRefusal(
                    OssError.NOT_IMPLEMENTED,
                    "Versions are not offered in front of a store that speaks S3; leave versionId out of"
                            + " x-oss-copy-source.");
        }
        return "/" + object.bucket() + "/" + PercentEncoding.encodePath(object.key());
    }

    private static QueryParameters counting(int max) {
        return QueryParameters.NONE.and("list-type", "2").and("max-keys", Integer.toString(max));
    }

    private static QueryParameters upload(QueryParameters client) {
        return only(client, Set.of("uploadId"));
    }

    private static QueryParameters part(QueryParameters client) {
        return only(client, Set.of("partNumber", "uploadId"));
    }

    private static QueryParameters only(QueryParameters client, Set<String> names) {
        return new QueryParameters(client.list().stream()
                .filter(parameter -> names.contains(parameter.name()))
                .toList());
    }

    private static OssRefusal notOffered(JudgedRequest judged) {
        return new OssRefusal(
                OssError.NOT_IMPLEMENTED,
                judged.operation().apiName() + " is not offered in front of a store that speaks S3.");
    }
}

package io.countersign.presign.uploads;

import io.countersign.http.Bytes;
import io.countersign.http.client.BoundedExchange;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.Operation;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.presign.ObjectUrl;
import io.countersign.registry.Bucket;
import io.countersign.registry.manifest.UpstreamRule;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.HeaderSigner;
import io.countersign.upstream.xml.PartList;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Asks the storage about a multipart upload, at the bucket's endpoint and by V4 requests of the bucket's signer (help.aliyun.com, "Multipart upload"). An answer that does not come
 * within {@value #TIMEOUT_SECONDS} seconds, is larger than its bound or is not what OSS answers is a {@link StorageFault}.
 */
final class StorageClient {
    static final int TIMEOUT_SECONDS = 5;

    /** A call may ask for many pages: it does not begin one after as long as three answers may take, which are 15 seconds. */
    private static final int ANSWERS_OF_A_CALL = 3;

    /** A page of 1,000 parts has some 200 KiB. */
    private static final int MAX_ANSWER = 1024 * 1024;

    private final HeaderSigner signer;
    private final StorageAddress addresses;
    private final Duration timeout;

    StorageClient(SigningKeys signingKeys, UpstreamRule rule) {
        this(signingKeys, rule, Duration.ofSeconds(TIMEOUT_SECONDS));
    }

    StorageClient(SigningKeys signingKeys, UpstreamRule rule, Duration timeout) {
        this.signer = new HeaderSigner(signingKeys);
        this.addresses = new StorageAddress(rule);
        this.timeout = timeout;
    }

    /** How long one call may go on asking. */
    Duration wholeCall() {
        return timeout.multipliedBy(ANSWERS_OF_A_CALL);
    }

    /**
     * An object at the storage, with the key that signs for it.
     *
     * @param key of the object; empty for the bucket itself
     */
    record StorageObject(Bucket bucket, String key, AccessKey signer) {}

    /**
     * A request about an object, or about its bucket.
     *
     * @param headers besides those of the signature
     */
    record Question(Operation operation, HttpMethod method, QueryParameters query, Headers headers, Bytes body) {
        static Question of(Operation operation, HttpMethod method, QueryParameter... query) {
            return new Question(operation, method, new QueryParameters(List.of(query)), Headers.NONE, Bytes.EMPTY);
        }

        private Question with(Headers more, Bytes content) {
            return new Question(operation, method, query, more, content);
        }
    }

    /** InitiateMultipartUpload: returns the storage's id of the upload. */
    String initiate(StorageObject object, String contentType, Instant now) throws StorageFault {
        Question question = Question.of(
                        Operation.INITIATE_MULTIPART_UPLOAD, HttpMethod.POST, QueryParameter.bare("uploads"))
                .with(Headers.NONE.and("content-type", contentType), Bytes.EMPTY);
        return ask(object, question, now).uploadId();
    }

    /** ListParts: returns one page of the parts behind a number. */
    StorageAnswer.PartPage parts(StorageObject object, String uploadId, int after, Instant now) throws StorageFault {
        Question question = Question.of(
                Operation.LIST_PARTS,
                HttpMethod.GET,
                QueryParameter.of("uploadId", uploadId),
                QueryParameter.of("max-parts", "1000"),
                QueryParameter.of("part-number-marker", Integer.toString(after)));
        return ask(object, question, now).parts(after);
    }

    /**
     * CompleteMultipartUpload.
     *
     * @param callback the header x-oss-callback; the answer is then the callback's, and not read
     */
    void complete(StorageObject object, String uploadId, PartList parts, Optional<String> callback, Instant now)
            throws StorageFault {
        Headers headers = Headers.NONE.and("content-type", "application/xml");
        Question question = Question.of(
                        Operation.COMPLETE_MULTIPART_UPLOAD, HttpMethod.POST, QueryParameter.of("uploadId", uploadId))
                .with(callback.isPresent() ? headers.and("x-oss-callback", callback.get()) : headers, parts.document());
        StorageAnswer answer = ask(object, question, now);
        if (callback.isEmpty()) {
            answer.document("CompleteMultipartUploadResult");
        } else if (!answer.succeeded()) {
            // 203: the object is there, and the callback failed.
            throw answer.refused();
        }
    }

    /** AbortMultipartUpload. An upload that is gone already is aborted. */
    void abort(StorageObject object, String uploadId, Instant now) throws StorageFault {
        Question question = Question.of(
                Operation.ABORT_MULTIPART_UPLOAD, HttpMethod.DELETE, QueryParameter.of("uploadId", uploadId));
        StorageAnswer answer = ask(object, question, now);
        if (!answer.succeeded() && answer.http().statusCode() != 404) {
            throw answer.refused();
        }
    }

    /** HeadObject: returns the object, if it is there and the signer may ask. */
    Optional<StoredObject> head(StorageObject object, Instant now) throws StorageFault {
        return ask(object, Question.of(Operation.HEAD_OBJECT, HttpMethod.HEAD), now)
                .object();
    }

    /** ListMultipartUploads: whether the storage says that the upload has ended. A storage that does not list all uploads of the key at once, or refuses to, says nothing. */
    boolean isEnded(StorageObject object, String uploadId, Instant now) {
        Question question = Question.of(
                Operation.LIST_MULTIPART_UPLOADS,
                HttpMethod.GET,
                QueryParameter.bare("uploads"),
                QueryParameter.of("prefix", object.key()),
                QueryParameter.of("max-uploads", "1000"));
        StorageObject bucket = new StorageObject(object.bucket(), "", object.signer());
        try {
            return ask(bucket, question, now).lacks(uploadId);
        } catch (StorageFault e) {
            // It says nothing.
            return false;
        }
    }

    private StorageAnswer ask(StorageObject object, Question question, Instant now) throws StorageFault {
        String url = ObjectUrl.of(object.bucket(), object.key())
                .orElseThrow(() -> new StorageFault(
                        StorageFault.Reason.REFUSED,
                        "the endpoint of the bucket " + object.bucket().name() + " is no URL; correct it"));
        String query = question.query().encoded();
        URI uri = URI.create(query.isEmpty() ? url : url + "?" + query);
        HttpRequest request = request(uri, question, signed(object, question, now));
        try {
            return new StorageAnswer(
                    object.bucket().name(),
                    question.operation(),
                    BoundedExchange.send(
                            () -> {
                                addresses.require(uri);
                                return request;
                            },
                            MAX_ANSWER,
                            timeout));
        } catch (IOException e) {
            throw new StorageFault(
                    StorageFault.Reason.UNAVAILABLE,
                    "the storage of the bucket " + object.bucket().name() + " did not answer "
                            + question.operation().apiName() + ": " + cause(e));
        }
    }

    private static String cause(IOException e) {
        Throwable cause = e.getCause();
        return cause != null && cause.getMessage() != null ? cause.getMessage() : String.valueOf(e.getMessage());
    }

    private Headers signed(StorageObject object, Question question, Instant now) throws StorageFault {
        HeaderSigner.HeaderToSign toSign = new HeaderSigner.HeaderToSign(
                SignatureVersion.V4,
                question.method(),
                object.key().isEmpty()
                        ? Target.bucket(object.bucket().name())
                        : Target.object(object.bucket().name(), object.key()),
                question.query(),
                question.headers(),
                List.of(),
                Optional.empty(),
                object.bucket().region(),
                CredentialScope.OSS);
        try {
            Headers all = question.headers();
            for (Headers.HeaderField field :
                    signer.authorize(toSign, object.signer(), now).headers().fields()) {
                all = all.and(field.name(), field.value());
            }
            return all;
        } catch (OssRefusal e) {
            throw new StorageFault(
                    StorageFault.Reason.REFUSED,
                    question.operation().apiName() + " for the storage of the bucket "
                            + object.bucket().name() + " cannot be signed: " + e.text());
        }
    }

    private static HttpRequest request(URI uri, Question question, Headers headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(
                        question.method().name(),
                        question.body().isEmpty()
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(question.body().toArray()));
        for (Headers.HeaderField field : headers.fields()) {
            request.header(field.name(), field.value());
        }
        return request.build();
    }
}

package io.countersign.upstream.s3;

import io.countersign.http.Bytes;
import io.countersign.oss.ErrorDocument;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Target;
import io.countersign.upstream.AnswerBody;
import io.countersign.upstream.AnswerHead;
import io.countersign.upstream.AnswerTranslator;
import io.countersign.upstream.UpstreamFault;
import io.countersign.upstream.WholeAnswer;
import io.countersign.upstream.xml.MalformedXmlException;
import io.countersign.upstream.xml.XmlElement;
import io.countersign.upstream.xml.XmlReader;
import java.util.Map;
import java.util.Optional;

/**
 * Translates the answer to one request. Nothing of a store's text goes to the client but what a table names: headers of
 * objects, and the elements that the documents of OSS have.
 *
 * @param request the client's
 * @param success what becomes of an answer of success
 * @param onlyNew whether the request was made on the condition that there is no object yet
 */
record S3Answer(OssRequest request, Success success, boolean onlyNew) implements AnswerTranslator {
    /** A list of 1,000 objects with the longest names has some 4 MiB. */
    static final int MAX_DOCUMENT = 8 * 1024 * 1024;

    /** radosgw tells of a copy's progress by an element for each MiB, of which there are 5,120. */
    static final int MAX_TAGGED = 1024 * 1024;

    static final int MAX_ERROR = 64 * 1024;
    private static final int MAX_ELEMENTS = 20_000;
    private static final int MAX_ERROR_ELEMENTS = 64;
    private static final String ERROR = "Error";

    /** An answer of success. */
    sealed interface Success {
        /** The object, or its head. */
        record Object() implements Success {}

        /** The head of an object, with the few headers that GetObjectMeta answers with. */
        record Meta() implements Success {}

        /** No body. */
        record Done(int status) implements Success {}

        /** A document, written anew. */
        record Document(Rewriting rewriting) implements Success {}

        /** A document whose ETag OSS answers in a header too, where clients read it. */
        record Tagged(Rewriting rewriting) implements Success {}
    }

    /** Writes a document of OSS from one of S3. */
    @FunctionalInterface
    interface Rewriting {
        /**
         * @throws MalformedXmlException when the store's document is not the one that was asked for
         * @throws UpstreamFault when the client cannot be told what it says
         * @throws OssRefusal when it shows that the request cannot be answered
         */
        XmlElement of(XmlElement fromStore) throws MalformedXmlException, UpstreamFault, OssRefusal;
    }

    @Override
    public AnswerHead head(int status, Headers fromStore, String requestId) throws UpstreamFault {
        Headers headers = Headers.NONE.and("x-oss-request-id", requestId);
        if (isSuccess(status)) {
            return switch (success) {
                case Success.Object object -> object(status, S3AnswerHeaders.ofObject(fromStore, headers));
                case Success.Meta meta ->
                    new AnswerHead(200, S3AnswerHeaders.ofMeta(fromStore, headers), new AnswerBody.None());
                case Success.Done(int own) ->
                    new AnswerHead(own, S3AnswerHeaders.ofDone(fromStore, headers), new AnswerBody.None());
                case Success.Document document ->
                    new AnswerHead(200, xml(headers), new AnswerBody.Rewritten(MAX_DOCUMENT));
                case Success.Tagged tagged -> new AnswerHead(200, xml(headers), new AnswerBody.Rewritten(MAX_TAGGED));
            };
        }
        if (status == 304 && isRead()) {
            return new AnswerHead(304, S3AnswerHeaders.ofUnmodified(fromStore, headers), new AnswerBody.None());
        }
        if (status == 304 && isCopyOfModified()) {
            return new AnswerHead(304, headers, new AnswerBody.None());
        }
        if (status < 400) {
            throw unexpected(status);
        }
        return refusal(status, headers, requestId);
    }

    @Override
    public WholeAnswer whole(int status, Headers fromStore, Bytes body, String requestId)
            throws UpstreamFault, OssRefusal {
        AnswerHead head = head(status, fromStore, requestId);
        if (!isSuccess(status)) {
            return new WholeAnswer(
                    head, Bytes.utf8(document(error(status, body), requestId).xml()));
        }
        XmlElement document = read(body);
        if (document.name().equals(ERROR)) {
            return failed(document, head.headers(), requestId);
        }
        try {
            return switch (success) {
                case Success.Document(Rewriting rewriting) ->
                    new WholeAnswer(head, rewriting.of(document).document());
                case Success.Tagged(Rewriting rewriting) -> tagged(head, rewriting.of(document));
                case Success.Object object -> throw unexpected(status);
                case Success.Meta meta -> throw unexpected(status);
                case Success.Done done -> throw unexpected(status);
            };
        } catch (MalformedXmlException e) {
            throw malformed(e);
        }
    }

    private static XmlElement read(Bytes body) throws UpstreamFault {
        try {
            return body.isEmpty() ? XmlElement.of("", "") : XmlReader.read(body, MAX_ELEMENTS);
        } catch (MalformedXmlException e) {
            throw malformed(e);
        }
    }

    private static UpstreamFault malformed(MalformedXmlException e) {
        return new UpstreamFault("The store's document is not the one of S3: " + e.reason());
    }

    private static WholeAnswer tagged(AnswerHead head, XmlElement document) throws MalformedXmlException {
        Headers headers = head.headers().and("etag", StoreText.of(document, "ETag"));
        return new WholeAnswer(new AnswerHead(head.status(), headers, head.body()), document.document());
    }

    /**
     * A store that takes its time sends its head first, and finds out later that the request failed (docs.aws.amazon.com,
     * CopyObject, UploadPartCopy and CompleteMultipartUpload). OSS answers with the status of the error.
     */
    private WholeAnswer failed(XmlElement document, Headers headers, String requestId) throws UpstreamFault {
        String code = document.textOf("Code").orElse("").strip();
        Optional<S3Errors> error = onlyNew && code.equals("PreconditionFailed")
                ? Optional.of(S3Errors.of(OssError.FILE_ALREADY_EXISTS))
                : S3Errors.of(code);
        if (error.isEmpty()) {
            throw new UpstreamFault("The store answered 200 with an error of the code " + shown(code) + ".");
        }
        return new WholeAnswer(
                new AnswerHead(error.get().status(), headers, new AnswerBody.Rewritten(MAX_ERROR)),
                Bytes.utf8(document(error.get(), requestId).xml()));
    }

    private AnswerHead object(int status, Headers headers) {
        boolean bodiless = request.method() == HttpMethod.HEAD;
        return new AnswerHead(status, headers, bodiless ? new AnswerBody.None() : new AnswerBody.Streamed());
    }

    private AnswerHead refusal(int status, Headers headers, String requestId) throws UpstreamFault {
        int own = own(status);
        if (request.method() != HttpMethod.HEAD) {
            return new AnswerHead(own, xml(headers), new AnswerBody.Rewritten(MAX_ERROR));
        }
        ErrorDocument error = document(error(status, Bytes.EMPTY), requestId);
        return new AnswerHead(own, headers.and("x-oss-err", error.headerValue()), new AnswerBody.None());
    }

    private int own(int status) {
        return status == 412 && onlyNew ? OssError.FILE_ALREADY_EXISTS.status() : status;
    }

    /**
     * The error for the client, of a document or of a status. Those about our signature are not in the table, so that
     * they are faults, and the log has their code.
     */
    private S3Errors error(int status, Bytes body) throws UpstreamFault {
        if (status == 412 && onlyNew) {
            return S3Errors.of(OssError.FILE_ALREADY_EXISTS);
        }
        String code = "";
        Optional<S3Errors> error = Optional.empty();
        if (body.isEmpty()) {
            error = S3Errors.of(status);
        } else {
            try {
                XmlElement document = XmlReader.read(body, MAX_ERROR_ELEMENTS);
                code = document.textOf("Code").orElse("").strip();
                error = document.name().equals(ERROR) ? S3Errors.of(meant(code), status) : error;
            } catch (MalformedXmlException e) {
                throw new UpstreamFault("The store answered " + status + " with something other than an error of S3.");
            }
        }
        if (error.isEmpty()) {
            throw new UpstreamFault("The store answered " + status + " with the code " + shown(code)
                    + ": it refuses our key or signature, the upstream in the manifest is wrong, or the store fails.");
        }
        return error.get();
    }

    /** radosgw's code for an upload that is not there, when its parts are listed: they have no other key. */
    private String meant(String code) {
        boolean ofUpload = request.query().has("uploadId") && !request.headers().has("x-oss-copy-source");
        return ofUpload && code.equals("NoSuchKey") ? "NoSuchUpload" : code;
    }

    private ErrorDocument document(S3Errors error, String requestId) {
        Map<String, String> details = request.target() instanceof Target.ObjectKey object
                ? Map.of("Key", object.key())
                : Map.of("BucketName", bucket());
        return new ErrorDocument(
                error.code(),
                error.ec(),
                error.message(),
                details,
                requestId,
                request.address().authority());
    }

    private String bucket() {
        return request.target().bucketName().orElse("");
    }

    /** Whether the object itself was asked for: its state and conditions on it may be told. */
    private boolean isRead() {
        return success instanceof Success.Object || success instanceof Success.Meta;
    }

    /** Whether a copy was asked for only if its source is another or newer: OSS answers 304 then, and some stores do. */
    private boolean isCopyOfModified() {
        return request.headers().has("x-oss-copy-source-if-none-match")
                || request.headers().has("x-oss-copy-source-if-modified-since");
    }

    private boolean isSuccess(int status) {
        return success instanceof Success.Object ? status == 200 || status == 206 : status >= 200 && status <= 204;
    }

    private static Headers xml(Headers headers) {
        return headers.and("content-type", "application/xml");
    }

    private static UpstreamFault unexpected(int status) {
        return new UpstreamFault(
                "The store answered " + status + ", as if the bucket's upstream were not what its manifest says.");
    }

    /** A code for the log: letters, so that a store writes no line of its own there. */
    private static String shown(String code) {
        boolean plain = !code.isEmpty() && code.length() <= 64 && code.chars().allMatch(Character::isLetterOrDigit);
        return plain ? code : "(none)";
    }
}

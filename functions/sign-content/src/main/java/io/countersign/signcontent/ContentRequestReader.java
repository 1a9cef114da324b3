package io.countersign.signcontent;

import io.countersign.http.Call;
import io.countersign.http.ContentType;
import io.countersign.http.JsonBody;
import io.countersign.http.LazyBody;
import io.countersign.http.ProblemException;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;

/** Reads the body of {@code POST /sign-content}: a string to sign as plain text, or JSON. */
final class ContentRequestReader {
    private ContentRequestReader() {}

    /** @throws ProblemException 415 for another content type; 400 for a body that cannot be read or has unknown members */
    static ContentRequest read(Call call) throws ProblemException {
        if (ContentType.isText(call)) {
            return new ContentRequest.AuthorizationText(V1Text.of(PlainText.of(call.body())));
        }
        if (ContentType.isJson(call)) {
            return JsonBody.read(call, ContentRequestReader::read);
        }
        throw new ProblemException(new ProblemException.Problem(
                415,
                "UnsupportedMediaType",
                "The body is neither text nor JSON",
                "Send the string to sign itself as text/plain in UTF-8, or JSON as application/json."));
    }

    private static ContentRequest read(Members members) throws InvalidDocumentException {
        return members.has("content")
                ? new ContentRequest.AuthorizationJson(V1Text.of(members.string("content")))
                : new ContentRequest.Signature(remote(members));
    }

    private static RemoteRequest remote(Members members) throws InvalidDocumentException {
        return switch (members.string("version")) {
            case "v1" ->
                new RemoteRequest.V1(
                        members.string("method"),
                        members.string("bucket"),
                        members.string("key"),
                        members.string("stringToSign"),
                        members.string("date"),
                        members.optionalString("accessKeyId"));
            case "v4" ->
                new RemoteRequest.V4(
                        members.string("method"),
                        members.string("bucket"),
                        members.string("key"),
                        members.string("stringToSign"),
                        members.string("date"),
                        members.optionalString("accessKeyId"),
                        members.string("region"),
                        members.string("product"),
                        members.optionalString("canonicalRequest"));
            default ->
                throw new InvalidDocumentException(members.required("version").at(), "expected v1 or v4");
        };
    }

    /** A request, by the form of its answer. */
    sealed interface ContentRequest {
        /** The value of an Authorization header for a string to sign of V1, as plain text. */
        record AuthorizationText(V1Text content) implements ContentRequest {}

        /** The value of an Authorization header for a string to sign of V1, in JSON. */
        record AuthorizationJson(V1Text content) implements ContentRequest {}

        /** A signature for the remote signer of an SDK. */
        record Signature(RemoteRequest request) implements ContentRequest {}
    }

    /** A string to sign of V1, which is parsed when its content is first asked for, and only once. */
    record V1Text(String text, LazyBody<V1Content> content) {
        static V1Text of(String text) {
            return new V1Text(text, new LazyBody<>(() -> V1Content.parse(text)));
        }
    }
}

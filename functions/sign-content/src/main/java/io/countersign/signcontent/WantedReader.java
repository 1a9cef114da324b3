package io.countersign.signcontent;

import io.countersign.http.Call;
import io.countersign.http.ContentType;
import io.countersign.http.JsonBody;
import io.countersign.http.ProblemException;
import io.countersign.http.RequestLimits;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;

/** Reads a body: the string to sign itself, or JSON. */
final class WantedReader {
    private WantedReader() {}

    /** @throws Refused 415 for another content type; 400 for what cannot be read, or has members that do not belong there */
    static Wanted read(Call call) throws ProblemException {
        if (ContentType.isText(call)) {
            return new Wanted.AuthorizationText(PlainText.of(call.body()));
        }
        if (ContentType.isJson(call)) {
            return JsonBody.read(call, RequestLimits.BODY, WantedReader::read);
        }
        throw new ProblemException(new ProblemException.Problem(
                415,
                "UnsupportedMediaType",
                "The body is neither text nor JSON",
                "Send the string to sign itself as text/plain in UTF-8, or JSON as application/json."));
    }

    private static Wanted read(Members members) throws InvalidDocumentException {
        return members.has("content")
                ? new Wanted.AuthorizationJson(members.string("content"))
                : new Wanted.Signature(remote(members));
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

    /** What a call asks for, by the form that its answer has. */
    sealed interface Wanted {
        /** An Authorization header's text for a string to sign of V1. */
        record AuthorizationText(String content) implements Wanted {}

        /** The same in JSON. */
        record AuthorizationJson(String content) implements Wanted {}

        /** A signature alone, for the remote signer of an SDK. */
        record Signature(RemoteRequest request) implements Wanted {}
    }
}

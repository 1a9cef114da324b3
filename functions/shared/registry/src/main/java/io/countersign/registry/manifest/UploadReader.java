package io.countersign.registry.manifest;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.registry.IdSyntax;
import io.countersign.registry.Role;
import io.countersign.registry.Upload;
import io.countersign.registry.UploadKey;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Reads an element of {@code uploads}. */
final class UploadReader {
    private static final int MAX_TYPES = 32;
    private static final Duration USUAL_EXPIRY = Duration.ofMinutes(10);

    /** V4's limit for URLs and forms (docs/protocol.md 3, 4). The id of a multipart upload is sealed under a token key, which opens no longer than the longest session. */
    private static final Duration LONGEST_EXPIRY = Duration.ofDays(7);

    /** A type and a subtype (RFC 6838, 4.2) in lower case. No wildcard is one of these characters, so that types which browsers run as pages are accepted only by name. */
    private static final Pattern TYPE =
            Pattern.compile("[a-z0-9][a-z0-9!#&^_.+-]{0,126}/[a-z0-9][a-z0-9!#&^_.+-]{0,126}");

    private UploadReader() {}

    static Manifest.ManifestUpload read(Members members, String accountId) throws InvalidDocumentException {
        members.required("as");
        Upload.Kind kind = Texts.word(members, "as", Upload.Kind.PUT, Upload.Kind::of, "put, form or multipart");
        long partBytes = partBytes(members, kind);
        Upload upload = new Upload(
                accountId,
                Texts.required(
                        members,
                        "name",
                        IdSyntax::isUploadName,
                        "an upload name: 1 to 64 of A-Z a-z 0-9 . _ - and not beginning with a dot"),
                Texts.required(members, "bucket", IdSyntax::isBucket, "the name of a bucket of this account"),
                Texts.required(members, "role", IdSyntax::isRamName, "the name of a role of this account"),
                key(members),
                types(members),
                maxBytes(members, kind, partBytes),
                kind,
                partBytes,
                ManifestReader.Durations.read(
                        members,
                        "expiresIn",
                        USUAL_EXPIRY,
                        Duration.ofSeconds(1),
                        kind == Upload.Kind.MULTIPART ? Role.MAX_SESSION : LONGEST_EXPIRY),
                members.optionalBoolean("callback").orElse(false));
        return new Manifest.ManifestUpload(members.at(), upload);
    }

    private static UploadKey key(Members members) throws InvalidDocumentException {
        Value value = members.required("key");
        return UploadKey.of(Members.string(value))
                .orElseThrow(
                        () -> new InvalidDocumentException(
                                value.at(),
                                "expected a key of 1 to " + UploadKey.MAX_LENGTH
                                        + " printable ASCII characters, with no slash at its beginning, no backslash, and no variables but ${jwt:claim}, ${uuid}, ${ext}, ${yyyy}, ${mm} and ${dd}"));
    }

    private static List<String> types(Members members) throws InvalidDocumentException {
        Value list = members.required("contentTypes");
        List<String> types = Texts.list(
                members,
                "contentTypes",
                MAX_TYPES,
                type -> TYPE.matcher(type).matches(),
                "a media type in lower case without wildcard and parameters, such as image/png");
        if (types.isEmpty()) {
            throw new InvalidDocumentException(list.at(), "the list is empty; name the types that a file may have");
        }
        return types;
    }

    private static long partBytes(Members members, Upload.Kind kind) throws InvalidDocumentException {
        if (members.has("partBytes") && kind != Upload.Kind.MULTIPART) {
            throw new InvalidDocumentException(
                    members.required("partBytes").at(), "only an upload as multipart has parts; take it out");
        }
        return members.optionalInteger("partBytes", Upload.MIN_PART, Upload.MAX_AT_ONCE)
                .orElse(Upload.USUAL_PART);
    }

    private static long maxBytes(Members members, Upload.Kind kind, long partBytes) throws InvalidDocumentException {
        Value value = members.required("maxBytes");
        return switch (kind) {
            case PUT, FORM -> Members.integer(value, 1, Upload.MAX_AT_ONCE);
            case MULTIPART -> {
                long max = Members.integer(value, 1, Upload.MAX_SIGNED_PARTS * Upload.MAX_AT_ONCE);
                if (max > Upload.MAX_SIGNED_PARTS * partBytes) {
                    throw new InvalidDocumentException(
                            value.at(),
                            "this takes more than " + Upload.MAX_SIGNED_PARTS + " parts of " + partBytes
                                    + " bytes; make partBytes at least "
                                    + Math.ceilDiv(max, Upload.MAX_SIGNED_PARTS));
                }
                yield max;
            }
        };
    }
}

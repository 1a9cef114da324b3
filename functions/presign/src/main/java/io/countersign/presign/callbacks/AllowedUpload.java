package io.countersign.presign.callbacks;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.Upload;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * One upload that Countersign has allowed, as it seals it: into the token of a callback, and into the id of a multipart upload. No one else can have changed it.
 *
 * @param upload the name of the upload in the manifest
 * @param id 32 hexadecimal digits, another for each upload: one id is one event
 * @param accountId the account of bucket, role and provider
 * @param subject the {@code sub} of the user that asked for the upload
 * @param provider the name of the identity provider that vouches for the subject
 * @param maxBytes the largest object
 * @param expires the end of the URL, the form or the multipart upload, in whole seconds; what has begun by then may be told later
 */
public record AllowedUpload(
        String upload,
        String id,
        String accountId,
        String bucket,
        String key,
        String subject,
        String provider,
        long maxBytes,
        Instant expires) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final long VERSION = 1;
    private static final long LAST_SECOND = 253_402_300_799L;

    public AllowedUpload {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("the id of an upload has 32 hexadecimal digits");
        }
    }

    /** The moment from which a callback is refused. */
    Instant until() {
        return expires.plus(Upload.CALLBACK_TRANSFER);
    }

    /** The provider as RAM names it. */
    String providerArn() {
        return "acs:ram::" + accountId + ":oidc-provider/" + provider;
    }

    /** The JSON of a sealed text. Names are short, because OSS takes a callback of at most 5 KB, and they count towards the length of an id. */
    String text() {
        return JsonText.object(this::write);
    }

    /** Writes its members, to which others may be added. */
    public void write(JsonText.ObjectWriter json) {
        json.put("v", VERSION)
                .put("up", upload)
                .put("id", id)
                .put("acc", accountId)
                .put("bkt", bucket)
                .put("key", key)
                .put("sub", subject)
                .put("idp", provider)
                .put("max", maxBytes)
                .put("exp", expires.getEpochSecond());
    }

    /** @throws InvalidDocumentException when the text is not one of this version */
    static AllowedUpload read(byte[] text) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(text));
        AllowedUpload upload = read(members);
        members.done();
        return upload;
    }

    /**
     * Reads its members, and leaves the others.
     *
     * @throws InvalidDocumentException when they are not those of this version
     */
    public static AllowedUpload read(Members members) throws InvalidDocumentException {
        Members.integer(members.required("v"), VERSION, VERSION);
        String id = members.string("id");
        if (!ID.matcher(id).matches()) {
            throw new InvalidDocumentException(members.required("id").at(), "expected an id");
        }
        return new AllowedUpload(
                members.string("up"),
                id,
                members.string("acc"),
                members.string("bkt"),
                members.string("key"),
                members.string("sub"),
                members.string("idp"),
                Members.integer(members.required("max"), 1, Long.MAX_VALUE),
                Instant.ofEpochSecond(Members.integer(members.required("exp"), 0, LAST_SECOND)));
    }
}

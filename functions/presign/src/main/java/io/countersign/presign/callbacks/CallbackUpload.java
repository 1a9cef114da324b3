package io.countersign.presign.callbacks;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.Upload;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The upload that a callback is about: what Countersign has allowed, and no one else can have changed.
 *
 * @param upload the name of the upload in the manifest
 * @param id 32 hexadecimal digits, another for each upload: one id is one event
 * @param accountId the account of bucket, role and provider
 * @param subject the {@code sub} of the user that asked for the upload
 * @param provider the name of the identity provider that vouches for the subject
 * @param maxBytes the largest object; empty for any
 * @param expires the end of the URL or the form, in whole seconds; an upload that has begun by then may end later
 */
public record CallbackUpload(
        String upload,
        String id,
        String accountId,
        String bucket,
        String key,
        String subject,
        String provider,
        OptionalLong maxBytes,
        Instant expires) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final long VERSION = 1;
    private static final long LAST_SECOND = 253_402_300_799L;

    public CallbackUpload {
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

    /** The JSON in a callback's token. Names are short, because OSS takes a callback of at most 5 KB. */
    String text() {
        return JsonText.object(json -> {
            json.put("v", VERSION)
                    .put("up", upload)
                    .put("id", id)
                    .put("acc", accountId)
                    .put("bkt", bucket)
                    .put("key", key)
                    .put("sub", subject)
                    .put("idp", provider);
            maxBytes.ifPresent(bytes -> json.put("max", bytes));
            json.put("exp", expires.getEpochSecond());
        });
    }

    /** @throws InvalidDocumentException when the text is not one of this version */
    static CallbackUpload read(byte[] text) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(text));
        Members.integer(members.required("v"), VERSION, VERSION);
        String id = members.string("id");
        if (!ID.matcher(id).matches()) {
            throw new InvalidDocumentException(members.required("id").at(), "expected an id");
        }
        CallbackUpload upload = new CallbackUpload(
                members.string("up"),
                id,
                members.string("acc"),
                members.string("bkt"),
                members.string("key"),
                members.string("sub"),
                members.string("idp"),
                members.optionalInteger("max", 0, Long.MAX_VALUE),
                Instant.ofEpochSecond(Members.integer(members.required("exp"), 0, LAST_SECOND)));
        members.done();
        return upload;
    }
}

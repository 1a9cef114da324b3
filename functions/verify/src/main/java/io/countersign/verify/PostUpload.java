package io.countersign.verify;

import io.countersign.oss.Address;
import io.countersign.oss.Body;
import io.countersign.oss.Headers;
import io.countersign.oss.ObjectName;
import io.countersign.oss.Operation;
import io.countersign.oss.Operations;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Right;
import io.countersign.oss.Target;
import io.countersign.signing.Presented;
import java.util.List;
import java.util.Optional;

/**
 * A POST upload is judged as the PutObject that its form describes: the key, the ACL and the tags are fields, and signatures in the header or the URL are
 * not looked at (protocol.md 4).
 */
final class PostUpload {
    /** Fields that mean what a PutObject's headers of these names mean. */
    private static final List<String> HEADERS = List.of("x-oss-object-acl", "x-oss-tagging");
    /** Bytes of the largest file that a form may bring. */
    private static final long MAX_FILE = 5L * 1024 * 1024 * 1024;

    private static final String FILE_NAME = "${filename}";

    private PostUpload() {}

    /** @throws OssRefusal when the form has a field twice, no key, or a signature that is not whole */
    static ParsedRequest parse(OssRequest oss, SubmittedForm form) throws OssRefusal {
        FormContentType.check(oss.headers());
        FormFields fields = FormFields.of(form);
        String bucket =
                ParsedRequest.bucketOf(oss.target()).orElseThrow(() -> new OssRefusal(OssError.METHOD_NOT_ALLOWED));
        OssRequest upload = new OssRequest(
                oss.method(),
                addressed(oss.address(), Target.object(bucket, key(fields))),
                QueryParameters.NONE,
                headers(oss, fields));
        if (form.fileLength().orElse(0) > MAX_FILE) {
            throw new OssRefusal(OssError.ENTITY_TOO_LARGE);
        }
        List<Right> rights = Operations.rights(Operation.PUT_OBJECT, upload, Body.UNKNOWN);
        return new ParsedRequest(
                upload,
                credentials(oss, fields),
                Optional.of(Operation.POST_OBJECT),
                rights,
                Obligations.of(Operation.PUT_OBJECT, upload, List.of(), rights),
                Optional.of(new PostPolicyCheck(fields, bucket, form.fileLength())));
    }

    /** OSS looks at no signature beside the form's; where the form has none, whoever sent one would be taken for anonymous. */
    private static Credentials credentials(OssRequest oss, FormFields fields) throws OssRefusal {
        Credentials credentials = PostFormReader.read(fields);
        if (credentials instanceof Credentials.None && !(Presented.parse(oss) instanceof Presented.Anonymous)) {
            throw new OssRefusal(
                    OssError.INVALID_ARGUMENT,
                    "A POST upload is signed in its form, and this one is signed in its header or URL alone; sign the form's policy.");
        }
        return credentials;
    }

    private static String key(FormFields fields) throws OssRefusal {
        String key = ObjectName.checked(fields.required("key"));
        if (key.contains(FILE_NAME)) {
            throw new OssRefusal(
                    OssError.INVALID_ARGUMENT,
                    "The key has " + FILE_NAME + " in it; put the file's name there before asking.");
        }
        return key;
    }

    private static Address addressed(Address address, Target target) {
        return new Address(target, address.style(), address.host(), address.region());
    }

    private static Headers headers(OssRequest oss, FormFields fields) {
        Headers headers = Headers.NONE;
        Optional<String> agent = oss.headers().first("user-agent");
        if (agent.isPresent()) {
            headers = headers.and("user-agent", agent.get());
        }
        for (String name : HEADERS) {
            Optional<String> value = fields.value(name);
            if (value.isPresent()) {
                headers = headers.and(name, value.get());
            }
        }
        return headers;
    }
}

package io.countersign.identity.delegation;

import io.countersign.oss.Address;
import io.countersign.oss.AddressStyle;
import io.countersign.oss.Body;
import io.countersign.oss.BucketName;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.Level;
import io.countersign.oss.ObjectName;
import io.countersign.oss.Operation;
import io.countersign.oss.Operations;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Right;
import io.countersign.oss.Scope;
import io.countersign.oss.Target;
import java.util.List;
import java.util.Optional;

/**
 * What may be signed for a caller at all (DESIGN, What may be signed; protocol.md 5.5). What is not listed is refused:
 *
 * <ul>
 *   <li>Operations on one object, of OSS's table.
 *   <li>Parameters: {@code uploads}, {@code uploadId}, {@code partNumber}, {@code append} with {@code position}, the six {@code response-*}, and an
 *       {@code x-oss-process} whose actions are listed in {@link SigningOptions#processes}; where the operator opted in, {@code callback}, {@code callback-var}
 *       and {@code symlink}.
 *   <li>Headers: {@code x-oss-meta-*}; Content-Type, -MD5, -Length, -Disposition, -Encoding, -Language, Cache-Control and Expires; {@code x-oss-object-acl},
 *       {@code x-oss-tagging} and {@code x-oss-copy-source} (with its conditions, its range and {@code x-oss-metadata-directive}), each of which needs its
 *       further right; where the operator opted in, {@code x-oss-callback}, {@code x-oss-callback-var} and {@code x-oss-symlink-target}.
 *   <li>Keys without {@code .} or {@code ..} segments, of the request and of every further object.
 * </ul>
 *
 * <p>Parameters of a signature, Host, Authorization and dates never come from a caller.
 */
public final class SigningTable {
    private final SigningOptions options;

    public SigningTable(SigningOptions options) {
        this.options = options;
    }

    /**
     * The request with its operation and rights.
     *
     * @param request the caller's own: without a signature, its headers those alone that are to be signed
     * @throws SigningRefusal one of the codes that end in NotSignable for what is not in the table, InvalidArgument for what is malformed
     */
    public SignableRequest admit(OssRequest request) throws SigningRefusal {
        try {
            requireObject(request.target());
            SignableParameters.check(request.query().list(), options);
            Operation operation = operation(request);
            SignableHeaders.check(request.headers(), operation, options);
            List<Right> rights = Operations.rights(operation, request, Body.UNKNOWN);
            KeyRule.check(rights);
            return new SignableRequest(request, operation, rights);
        } catch (OssRefusal refusal) {
            throw SigningRefusal.of(refusal);
        }
    }

    /**
     * A form upload to one key, or to any key below a prefix: a PutObject of every one of them. The form's other fields are bound by its policy.
     *
     * @param place an object, or a prefix that ends in {@code /}
     * @throws SigningRefusal as {@link #admit}; NotSignable also where the key holds {@code ${filename}}, which OSS replaces after the signature
     */
    public SignableRequest admitUpload(UploadPlace place) throws SigningRefusal {
        try {
            BucketName.checked(place.bucket());
            ObjectName.checked(place.start());
            Scope scope = UploadRule.scope(place);
            List<Right> rights = List.of(new Right(UploadRule.ACTION, scope));
            KeyRule.check(rights);
            Target target = scope instanceof Target own ? own : Target.bucket(place.bucket());
            Address address = new Address(target, AddressStyle.VIRTUAL_HOST, "", Optional.empty());
            OssRequest request = new OssRequest(HttpMethod.POST, address, QueryParameters.NONE, Headers.NONE);
            return new SignableRequest(request, Operation.POST_OBJECT, rights);
        } catch (OssRefusal refusal) {
            throw SigningRefusal.of(refusal);
        }
    }

    /** The same for a request of which nobody knows yet, or asks, at which host it will be made: nothing in the table looks at that. */
    public SignableRequest admit(HttpMethod method, Target target, QueryParameters query, Headers headers)
            throws SigningRefusal {
        return admit(new OssRequest(
                method, new Address(target, AddressStyle.VIRTUAL_HOST, "", Optional.empty()), query, headers));
    }

    private static void requireObject(Target target) throws SigningRefusal, OssRefusal {
        switch (target) {
            case Target.ObjectKey object -> {
                BucketName.checked(object.bucket());
                ObjectName.checked(object.key());
            }
            case Target.Bucket bucket -> throw notAnObject();
            case Target.Service service -> throw notAnObject();
        }
    }

    private static Operation operation(OssRequest request) throws SigningRefusal {
        Optional<Operation> operation =
                Operations.of(request).filter(found -> found.level() == Level.OBJECT && found != Operation.PREFLIGHT);
        if (operation.isEmpty()) {
            throw new SigningRefusal(
                    SigningError.NOT_SIGNABLE,
                    "This method with these parameters and headers is no operation on an object; correct them.");
        }
        return operation.get();
    }

    private static SigningRefusal notAnObject() {
        return new SigningRefusal(
                SigningError.NOT_SIGNABLE, "Only requests for one object are signed; name a bucket and a key.");
    }
}

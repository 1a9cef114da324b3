package io.countersign.identity.delegation;

import io.countersign.oss.Address;
import io.countersign.oss.Body;
import io.countersign.oss.BucketName;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
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
 * The requests that may be signed for a caller (SECURITY.md; docs/protocol.md 5.5). Every other request is refused:
 *
 * <ul>
 *   <li>Operations on one object.
 *   <li>Parameters: {@code uploads}, {@code uploadId}, {@code partNumber}, {@code append} with {@code position}, the six {@code response-*}, and an
 *       {@code x-oss-process} whose actions are listed in {@link SigningOptions#processes}; with the operator's opt-in, {@code callback}, {@code callback-var}
 *       and {@code symlink}.
 *   <li>Headers: {@code x-oss-meta-*}; Content-Type, -MD5, -Length, -Disposition, -Encoding, -Language, Cache-Control and Expires; {@code x-oss-object-acl},
 *       {@code x-oss-tagging} and {@code x-oss-copy-source} (with its conditions, its range and {@code x-oss-metadata-directive}), each of which needs its
 *       own right; with the operator's opt-in, {@code x-oss-callback}, {@code x-oss-callback-var} and {@code x-oss-symlink-target}.
 *   <li>Keys without {@code .} or {@code ..} segments, of the request and of every further object.
 * </ul>
 *
 * <p>A caller never supplies parameters of a signature, Host, Authorization or dates.
 */
public final class SigningTable {
    private final SigningOptions options;

    public SigningTable(SigningOptions options) {
        this.options = options;
    }

    /**
     * Admits a request and determines its operation and rights.
     *
     * @param request without a signature, with exactly the headers to sign
     * @throws SigningRefusal a code that ends in NotSignable when the request is not in the table; InvalidArgument when it is malformed
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
     * Admits a form upload to one key, or to any key with a prefix: a PutObject of each of these keys. The form's policy fixes its other fields.
     *
     * @param place an object, or a prefix that ends in {@code /}
     * @throws SigningRefusal as {@link #admit}; NotSignable also when the key contains {@code ${filename}}, which OSS replaces after the signature
     */
    public SignableRequest admitUpload(UploadPlace place) throws SigningRefusal {
        try {
            BucketName.checked(place.bucket());
            BucketName.ObjectName.checked(place.start());
            Scope scope = UploadRule.scope(place);
            List<Right> rights = List.of(new Right(UploadRule.ACTION, scope));
            KeyRule.check(rights);
            Target target = scope instanceof Target own ? own : Target.bucket(place.bucket());
            Address address = new Address(target, Address.Style.VIRTUAL_HOST, "", Optional.empty());
            OssRequest request = new OssRequest(HttpMethod.POST, address, QueryParameters.NONE, Headers.NONE);
            return new SignableRequest(request, Operation.POST_OBJECT, rights);
        } catch (OssRefusal refusal) {
            throw SigningRefusal.of(refusal);
        }
    }

    /** Admits a request whose host is unknown; the table does not depend on the host. */
    public SignableRequest admit(HttpMethod method, Target target, QueryParameters query, Headers headers)
            throws SigningRefusal {
        return admit(new OssRequest(
                method, new Address(target, Address.Style.VIRTUAL_HOST, "", Optional.empty()), query, headers));
    }

    private static void requireObject(Target target) throws SigningRefusal, OssRefusal {
        switch (target) {
            case Target.ObjectKey object -> {
                BucketName.checked(object.bucket());
                BucketName.ObjectName.checked(object.key());
            }
            case Target.Bucket bucket -> throw notAnObject();
            case Target.Service service -> throw notAnObject();
        }
    }

    private static Operation operation(OssRequest request) throws SigningRefusal {
        Optional<Operation> operation = Operations.of(request)
                .filter(found -> found.level() == Operation.Level.OBJECT && found != Operation.PREFLIGHT);
        if (operation.isEmpty()) {
            throw new SigningRefusal(
                    SigningRefusal.Code.NOT_SIGNABLE,
                    "This method with these parameters and headers is not an operation on an object; correct them.");
        }
        return operation.get();
    }

    private static SigningRefusal notAnObject() {
        return new SigningRefusal(
                SigningRefusal.Code.NOT_SIGNABLE, "Only requests for one object are signed; name a bucket and a key.");
    }

    /** The rules for form uploads. */
    static final class UploadRule {
        static final String ACTION = "oss:PutObject";
        static final String ACL_ACTION = "oss:PutObjectAcl";
        static final String TAGGING_ACTION = "oss:PutObjectTagging";

        private static final String FILE_NAME = "${filename}";

        private UploadRule() {}

        /** The scope of the right to upload. */
        static Scope scope(UploadPlace place) throws SigningRefusal {
            if (place.start().contains(FILE_NAME)) {
                throw new SigningRefusal(
                        SigningRefusal.Code.NOT_SIGNABLE,
                        "OSS replaces " + FILE_NAME
                                + " by the file's name, so it would write another key than the one that was checked; name the folder as keyPrefix.");
            }
            return switch (place) {
                case UploadPlace.Key key -> Target.object(key.bucket(), key.key());
                case UploadPlace.Below below -> {
                    if (!below.prefix().endsWith("/")) {
                        throw new SigningRefusal(
                                SigningRefusal.Code.INVALID_ARGUMENT,
                                "The prefix does not end in \"/\", so it would include folders whose names begin with it; add the slash.");
                    }
                    yield new Scope.ObjectPrefix(below.bucket(), below.prefix());
                }
            };
        }
    }

    /** The keys that a form may upload to. */
    public sealed interface UploadPlace {
        String bucket();

        /** The key, or the prefix of the keys. */
        String start();

        /** One object. */
        record Key(String bucket, String key) implements UploadPlace {
            @Override
            public String start() {
                return key;
            }
        }

        /** Every object whose key begins with a prefix. */
        record Below(String bucket, String prefix) implements UploadPlace {
            @Override
            public String start() {
                return prefix;
            }
        }
    }

    /** The rule for keys: no {@code .} or {@code ..} segment, because a client or a file server could fold it into another key than the one that was checked. */
    static final class KeyRule {
        private KeyRule() {}

        static void check(Iterable<Right> rights) throws SigningRefusal {
            for (Right right : rights) {
                switch (right.scope()) {
                    case Target.ObjectKey object -> check(object.key());
                    case Target.Service service -> {}
                    case Target.Bucket bucket -> {}
                    case Scope.ObjectPrefix prefix -> check(prefix.prefix());
                    case Scope.AccountObjects objects ->
                        throw new SigningRefusal(
                                SigningRefusal.Code.NOT_SIGNABLE,
                                "A process in the body may save to any object, so it is not signed; send it as the parameter's value.");
                }
            }
        }

        private static void check(String key) throws SigningRefusal {
            for (String segment : key.split("/", -1)) {
                if (segment.equals(".") || segment.equals("..")) {
                    throw new SigningRefusal(
                            SigningRefusal.Code.KEY_NOT_SIGNABLE,
                            "A key with a \".\" or \"..\" segment is not signed; choose another key.");
                }
            }
            if (!Texts.isWellFormed(key)) {
                throw new SigningRefusal(
                        SigningRefusal.Code.INVALID_ARGUMENT,
                        "A key is not well-formed Unicode; send text that has a UTF-8 form.");
            }
        }
    }

    /**
     * The rule for {@code x-oss-process}: steps separated by {@code |}, each {@code kind/action,parameters/action,parameters}, every action on the list. A
     * {@code sys/saveas} step is allowed, but needs the right to write its target.
     */
    static final class ProcessRule {
        private static final String SAVE = "sys/saveas,";

        private ProcessRule() {}

        static void check(String process, SigningOptions options) throws SigningRefusal {
            for (String step : process.split("\\|", -1)) {
                if (!step.startsWith(SAVE) && !isListed(step, options)) {
                    throw new SigningRefusal(
                            SigningRefusal.Code.PROCESS_NOT_SIGNABLE,
                            "The x-oss-process has an action that is not in the list of signable actions; leave it out or have it listed.");
                }
            }
        }

        private static boolean isListed(String step, SigningOptions options) {
            String[] parts = step.split("/", -1);
            if (parts.length < 2) {
                return false;
            }
            for (int i = 1; i < parts.length; i++) {
                String action = parts[i].split(",", 2)[0];
                if (action.isEmpty()
                        || !(options.processes().contains(parts[0] + "/" + action)
                                || options.processes().contains(parts[0] + "/*"))) {
                    return false;
                }
            }
            return true;
        }
    }
}

package io.countersign.verify.decide;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.DomainLookup;
import io.countersign.oss.Operation;
import io.countersign.oss.Operations;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Parameters;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.RequestParser;
import io.countersign.oss.Right;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.request.CredentialsParser;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks that a request is well formed. This needs no secret and no record. */
record FormatStep(BaseDomains bases) {
    private static final Set<Operation> PROCESSES =
            EnumSet.of(Operation.PROCESS_OBJECT, Operation.ASYNC_PROCESS_OBJECT);

    <E extends Exception> OssRequest address(VerifyRequest request, DomainLookup<E> domains) throws OssRefusal, E {
        return RequestParser.parse(request.method(), request.url(), request.headers(), bases, domains);
    }

    /** @throws OssRefusal of status 400 or 403, for anything malformed, duplicated or contradictory */
    ParsedRequest parse(VerifyRequest request, OssRequest oss) throws OssRefusal {
        SingleValueCheck.check(oss);
        ParsedRequest parsed =
                request.form().isPresent() ? form(request, oss, request.form().get()) : plain(request, oss);
        requireOssProduct(parsed.credentials());
        return parsed;
    }

    private static ParsedRequest form(VerifyRequest request, OssRequest oss, SubmittedForm form) throws OssRefusal {
        requireFittingMembers(request, Operations.ofTaken(oss));
        return PostUpload.parse(oss, form);
    }

    private static ParsedRequest plain(VerifyRequest request, OssRequest oss) throws OssRefusal {
        Credentials credentials = Credentials.of(CredentialsParser.parse(oss));
        SignedSelectors.require(oss, credentials);
        AnswerHeaders.check(oss, credentials);
        Optional<Operation> operation = Operations.ofTaken(oss);
        requireFittingMembers(request, operation);
        if (operation.isEmpty()) {
            return new ParsedRequest(oss, credentials, operation, List.of(), List.of(), Optional.empty());
        }
        List<Right> rights = Operations.rights(operation.get(), oss, request.body());
        List<VerifyAnswer.Obligation> obligations =
                Obligations.of(operation.get(), oss, request.body().deleteKeys(), rights);
        return new ParsedRequest(oss, credentials, operation, rights, obligations, Optional.empty());
    }

    private static void requireOssProduct(Credentials credentials) throws OssRefusal {
        Optional<CredentialScope> scope = Credentials.scopeOf(credentials);
        if (scope.isPresent() && !scope.get().product().equals(CredentialScope.OSS)) {
            throw new OssRefusal(
                    OssError.INVALID_SIGNING_PRODUCT,
                    OssError.INVALID_SIGNING_PRODUCT.message() + " Sign for the product \"" + CredentialScope.OSS
                            + "\".");
        }
    }

    /** The members about the body must fit the request's operation. If they do not, the program may have read the request in another way than it is judged here. */
    private static void requireFittingMembers(VerifyRequest request, Optional<Operation> operation) throws OssRefusal {
        boolean deletes = operation.equals(Optional.of(Operation.DELETE_MULTIPLE_OBJECTS));
        if (!request.body().deleteKeys().isEmpty() && !deletes) {
            throw new OssRefusal(
                    OssError.INVALID_ARGUMENT,
                    "deleteKeys was given, but the request is not a DeleteMultipleObjects; leave it out.");
        }
        if (request.body().process().isPresent()
                && !operation.map(PROCESSES::contains).orElse(false)) {
            throw new OssRefusal(
                    OssError.INVALID_ARGUMENT,
                    "process was given, but the request is not a ProcessObject or AsyncProcessObject; leave it out.");
        }
        boolean upload = operation.equals(Optional.of(Operation.POST_OBJECT));
        if (request.form().isPresent() && !upload) {
            throw new OssRefusal(
                    OssError.INVALID_ARGUMENT, "form was given, but the request is not a POST upload; leave it out.");
        }
        if (upload && request.form().isEmpty()) {
            throw new OssRefusal(
                    OssError.MALFORMED_POST_REQUEST,
                    "A POST upload is judged by its form: give the fields before the file in form, and the file's length.");
        }
    }

    /**
     * The parameters that choose headers of the answer. OSS accepts them only in signed requests (help.aliyun.com, GetObject, request headers). In an unsigned link the author of the link, and not the owner of
     * a public object, would choose its content type.
     */
    static final class AnswerHeaders {
        private static final String PREFIX = "response-";

        private AnswerHeaders() {}

        /** @throws OssRefusal InvalidRequest when an anonymous request chooses one */
        static void check(OssRequest oss, Credentials credentials) throws OssRefusal {
            switch (credentials) {
                case Credentials.None none -> requireNone(oss);
                case Credentials.Signed signed -> {}
            }
        }

        private static void requireNone(OssRequest oss) throws OssRefusal {
            for (QueryParameter parameter : oss.query().list()) {
                if (parameter.name().startsWith(PREFIX)) {
                    throw new OssRefusal(OssError.ANSWER_HEADERS_UNSIGNED);
                }
            }
        }
    }

    /** Refuses a second line of a header that a decision depends on: the storage might use the line that was not judged. */
    static final class SingleValueCheck {
        private static final List<String> HEADERS =
                List.of("x-oss-acl", "x-oss-object-acl", "x-oss-tagging", "user-agent", "content-type");

        private SingleValueCheck() {}

        static void check(OssRequest request) throws OssRefusal {
            for (String name : HEADERS) {
                if (request.headers().isRepeated(name)) {
                    throw new OssRefusal(
                            OssError.INVALID_ARGUMENT, "The header " + name + " is duplicated; send it once.");
                }
            }
        }
    }

    /**
     * The parameters that turn a V1 request into another operation and that its signature does not cover. V1 signs listed parameters only (docs/protocol.md 1.3), and no client lists {@code accessmonitor}
     * and {@code regions}: anybody who sees such a request could append or remove them.
     *
     * <p>Clients send them in the header form, which is valid for minutes: such a request must be allowed with and without them. A URL is passed on to others, so a URL with them is refused.
     */
    static final class SignedSelectors {
        private SignedSelectors() {}

        /** @throws OssRefusal InvalidArgument for a V1 URL with a parameter that selects an operation and that V1 does not sign */
        static void require(OssRequest request, Credentials credentials) throws OssRefusal {
            if (!(credentials instanceof Credentials.OverRequest signed)
                    || !(signed.presented() instanceof RequestCredentials.V1Url)) {
                return;
            }
            Optional<QueryParameter> leftOut = leftOut(request.query());
            if (leftOut.isPresent()) {
                throw new OssRefusal(
                        OssError.INVALID_ARGUMENT,
                        "A V1 signature does not cover the parameter "
                                + leftOut.get().name() + ", so it is not taken in a URL; sign with V4.");
            }
        }

        /** The other request that a V1 signature of this request is valid for: the same without the selectors that V1 does not sign. Empty when there are none. */
        static Optional<OssRequest> without(OssRequest request) {
            if (leftOut(request.query()).isEmpty()) {
                return Optional.empty();
            }
            List<QueryParameter> covered = request.query().list().stream()
                    .filter(parameter -> !isLeftOut(parameter))
                    .toList();
            return Optional.of(new OssRequest(
                    request.method(), request.address(), new QueryParameters(covered), request.headers()));
        }

        /** The first parameter that V1 leaves out. */
        private static Optional<QueryParameter> leftOut(QueryParameters query) {
            for (QueryParameter parameter : query.list()) {
                if (isLeftOut(parameter)) {
                    return Optional.of(parameter);
                }
            }
            return Optional.empty();
        }

        private static boolean isLeftOut(QueryParameter parameter) {
            return Operations.selects(parameter.name()) && !Parameters.isSignedByV1(parameter.name());
        }
    }
}

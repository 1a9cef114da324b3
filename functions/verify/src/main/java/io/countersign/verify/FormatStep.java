package io.countersign.verify;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.DomainBinding;
import io.countersign.oss.Operation;
import io.countersign.oss.Operations;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.RequestParser;
import io.countersign.oss.Right;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.Presented;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a request is well formed; no secret and no record is needed for that. */
record FormatStep(BaseDomains bases) {
    private static final Set<Operation> PROCESSES =
            EnumSet.of(Operation.PROCESS_OBJECT, Operation.ASYNC_PROCESS_OBJECT);

    OssRequest address(VerifyRequest request, DomainBinding domains) throws OssRefusal {
        return RequestParser.parse(request.method(), request.url(), request.headers(), bases, domains);
    }

    /** @throws OssRefusal of status 400 or 403, in OSS's words, for anything malformed, doubled or contradictory */
    ParsedRequest parse(VerifyRequest request, OssRequest oss) throws OssRefusal {
        OneValue.check(oss);
        ParsedRequest parsed =
                request.form().isPresent() ? form(request, oss, request.form().get()) : plain(request, oss);
        requireOssProduct(parsed.credentials());
        return parsed;
    }

    private static ParsedRequest form(VerifyRequest request, OssRequest oss, SubmittedForm form) throws OssRefusal {
        Operations.requireTaken(oss);
        requireFittingMembers(request, Operations.of(oss));
        return PostUpload.parse(oss, form);
    }

    private static ParsedRequest plain(VerifyRequest request, OssRequest oss) throws OssRefusal {
        Credentials credentials = Credentials.of(Presented.parse(oss));
        SignedSelectors.require(oss, credentials);
        AnswerHeaders.check(oss, credentials);
        Operations.requireTaken(oss);
        Optional<Operation> operation = Operations.of(oss);
        requireFittingMembers(request, operation);
        if (operation.isEmpty()) {
            return new ParsedRequest(oss, credentials, operation, List.of(), List.of(), Optional.empty());
        }
        List<Right> rights = Operations.rights(operation.get(), oss, request.body());
        List<Obligation> obligations =
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

    /** What the program says of a body must be what the request's operation has: it may have read the request otherwise than it is judged here. */
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
                    "process was given, but the request is no ProcessObject or AsyncProcessObject; leave it out.");
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
}

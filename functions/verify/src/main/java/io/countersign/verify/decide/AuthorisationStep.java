package io.countersign.verify.decide;

import io.countersign.oss.Acl;
import io.countersign.oss.Body;
import io.countersign.oss.Operation;
import io.countersign.oss.Operations;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Right;
import io.countersign.oss.Scope;
import io.countersign.oss.Target;
import io.countersign.policy.Authorizer;
import io.countersign.policy.BucketFacts;
import io.countersign.policy.Conditions;
import io.countersign.policy.Decision;
import io.countersign.policy.NeededRight;
import io.countersign.policy.Principal;
import io.countersign.policy.StepBudget;
import io.countersign.registry.Facts;
import io.countersign.signing.v1.V1Readings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides whether the principal may do what the request asks for, in every reading of the signed text. */
final class AuthorisationStep {
    private final FactsLoader.KnownFacts known;
    private final Principal principal;
    private final KnownTags tags;
    private final RequestConditions conditions;
    /** Shared by the request as it was received and all other readings of its signature. */
    private final StepBudget budget = StepBudget.ofRequest();

    AuthorisationStep(FactsLoader.KnownFacts known, KnownTags tags, Principal principal, RequestConditions conditions) {
        this.known = known;
        this.tags = tags;
        this.principal = principal;
        this.conditions = conditions;
    }

    Facts facts() {
        return known.facts();
    }

    /**
     * Decides on the request as it was received.
     *
     * @throws OssRefusal MethodNotAllowed when OSS has no such operation
     */
    Decision decide(ParsedRequest request) throws OssRefusal {
        return decide(request.oss(), request.operation(), request.rights(), conditions.own());
    }

    /**
     * Judges the other requests that a V1 signature is valid for (docs/protocol.md 1.5), also by the addresses that they are bound to: else the bound of a URL could be read as a part of the parameter before it. A reading that is no operation is left out: sent like that, it would be refused for every signer.
     *
     * @return the number of other readings
     * @throws OssRefusal AccessDenied when one of them is not allowed; InvalidArgument or RequestTooCostly when there are too many to judge
     */
    int checkOtherReadings(ParsedRequest request) throws OssRefusal {
        int judged = 0;
        for (OssRequest reading : otherReadings(request)) {
            Optional<Operation> operation = Operations.of(reading);
            if (operation.isPresent()) {
                judged++;
                requireAllowed(operation.get(), reading);
            }
        }
        return judged;
    }

    private void requireAllowed(Operation operation, OssRequest reading) throws OssRefusal {
        AccessBound.require(reading, conditions.own());
        if (!isAllowed(operation, reading)) {
            throw new OssRefusal(
                    OssError.ACCESS_DENIED,
                    "This V1 signature is also valid for another request, which is not allowed; sign with V4, which is not ambiguous.");
        }
    }

    private boolean isAllowed(Operation operation, OssRequest reading) throws OssRefusal {
        Optional<Decision> decision = judged(operation, reading);
        return decision.isPresent()
                && switch (decision.get()) {
                    case Decision.Allowed allowed -> true;
                    case Decision.Denied denied -> false;
                    case Decision.TooCostly unjudged -> throw tooCostly();
                };
    }

    /** Empty when such a request would be refused before any policy is evaluated. */
    private Optional<Decision> judged(Operation operation, OssRequest reading) {
        try {
            List<Right> rights = Operations.rights(operation, reading, Body.UNKNOWN);
            Conditions context = conditions.ofReading(reading, Optional.of(operation));
            return Optional.of(decide(reading, Optional.of(operation), rights, context));
        } catch (OssRefusal e) {
            return Optional.empty();
        }
    }

    /** Refuses a request whose policies were not evaluated to their end. */
    static OssRefusal tooCostly() {
        return new OssRefusal(OssError.REQUEST_TOO_COSTLY, Decision.TooCostly.ADVICE);
    }

    private Decision decide(OssRequest request, Optional<Operation> operation, List<Right> rights, Conditions context)
            throws OssRefusal {
        if (operation.isEmpty() || rights.isEmpty()) {
            throw Operations.none(request);
        }
        List<NeededRight> needed = new RightsNeeded(known, tags).of(operation.get(), rights);
        return Authorizer.decide(principal, needed, context, budget);
    }

    private static List<OssRequest> otherReadings(ParsedRequest request) throws OssRefusal {
        return switch (request.credentials()) {
            case Credentials.None none -> List.of();
            case Credentials.OverForm form -> List.of();
            case Credentials.OverRequest signed ->
                switch (signed.presented().version()) {
                    case V1 -> ofV1(request.oss());
                    case V2, V4 -> List.of();
                };
        };
    }

    private static List<OssRequest> ofV1(OssRequest request) throws OssRefusal {
        List<OssRequest> readings = new V1Readings(request)
                .all()
                .orElseThrow(() -> new OssRefusal(
                        OssError.INVALID_ARGUMENT,
                        "This V1 signature is valid for too many requests; sign with V4, which is not ambiguous."));
        List<OssRequest> others = new ArrayList<>(readings.subList(1, readings.size()));
        for (OssRequest reading : readings) {
            FormatStep.SignedSelectors.without(reading).ifPresent(others::add);
        }
        return others;
    }

    /** Pairs the rights of an operation with the facts about the resources that it requires them on. */
    record RightsNeeded(FactsLoader.KnownFacts known, KnownTags tags) {
        private static final String READ = "oss:GetObject";

        /** Whether a right is to read an object. An ACL may grant that right also where it is not the operation's own. */
        static boolean isFurtherRead(Right right) {
            return right.action().equals(READ);
        }

        /**
         * @param rights the operation's own first. Only that one is granted by the ACLs that open the operation, and none on a version: each version has its own ACL, which the registry does not know
         * @throws OssRefusal NoSuchBucket
         */
        List<NeededRight> of(Operation operation, List<Right> rights) throws OssRefusal {
            List<NeededRight> needed = new ArrayList<>(rights.size());
            for (Right right : rights) {
                boolean own = needed.isEmpty();
                boolean ofVersion = right.plain().isPresent();
                Acl.Access ofRead = isFurtherRead(right) && isObject(right.scope()) ? Acl.Access.READ : Acl.Access.NONE;
                Acl.Access opened = own ? operation.aclClass() : ofRead;
                needed.add(needed(right, ofVersion ? Acl.Access.NONE : opened).with(tags.of(right)));
            }
            return needed;
        }

        private NeededRight needed(Right right, Acl.Access aclClass) throws OssRefusal {
            Optional<String> name = right.scope().bucketName();
            if (name.isEmpty()) {
                return NeededRight.onService(right);
            }
            BucketFacts bucket = known.bucket(name.get());
            return aclClass == Acl.Access.NONE
                    ? NeededRight.on(right, bucket)
                    : NeededRight.onObject(right, bucket, known.objectAcl(right.scope()), aclClass);
        }

        private static boolean isObject(Scope scope) {
            return switch (scope) {
                case Target.ObjectKey object -> true;
                case Target.Service service -> false;
                case Target.Bucket bucket -> false;
                case Scope.ObjectPrefix prefix -> false;
                case Scope.AccountObjects objects -> false;
            };
        }
    }
}

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

/** Whether the principal may do what the request asks for, in every reading of what was signed. */
final class AuthorisationStep {
    private final FactsLoader.KnownFacts known;
    private final Principal principal;
    private final RightsNeeded needed;
    private final RequestConditions conditions;
    /** For the request as it came and for all that its signature stands for besides. */
    private final StepBudget steps = StepBudget.ofRequest();

    AuthorisationStep(FactsLoader.KnownFacts known, KnownTags tags, Principal principal, RequestConditions conditions) {
        this.known = known;
        this.needed = new RightsNeeded(known, tags);
        this.principal = principal;
        this.conditions = conditions;
    }

    Facts facts() {
        return known.facts();
    }

    /**
     * The decision on the request as it came.
     *
     * @throws OssRefusal MethodNotAllowed when OSS has no such operation
     */
    Decision decide(ParsedRequest request) throws OssRefusal {
        return decide(request.oss(), request.operation(), request.rights(), conditions.own());
    }

    /**
     * Judges what else a V1 signature stands for (docs/protocol.md 1.5). A reading that is no operation is left out: sent like that, it would be refused whoever signed it.
     *
     * @return how many other readings there are
     * @throws OssRefusal AccessDenied when one of them may not pass; InvalidArgument or RequestTooCostly when there are too many to judge
     */
    int checkOtherReadings(ParsedRequest request) throws OssRefusal {
        int judged = 0;
        for (OssRequest reading : otherReadings(request)) {
            Optional<Operation> operation = Operations.of(reading);
            if (operation.isPresent()) {
                judged++;
                requireMayPass(operation.get(), reading);
            }
        }
        return judged;
    }

    private void requireMayPass(Operation operation, OssRequest reading) throws OssRefusal {
        if (!mayPass(operation, reading)) {
            throw new OssRefusal(
                    OssError.ACCESS_DENIED,
                    "This V1 signature stands for another request too, which is not allowed; sign with V4, which is not ambiguous.");
        }
    }

    private boolean mayPass(Operation operation, OssRequest reading) throws OssRefusal {
        Optional<Decision> decision = judged(operation, reading);
        return decision.isPresent()
                && switch (decision.get()) {
                    case Decision.Allowed allowed -> true;
                    case Decision.Denied denied -> false;
                    case Decision.TooCostly unjudged -> throw tooCostly();
                };
    }

    /** Empty when such a request would be refused before anybody's policies are asked. */
    private Optional<Decision> judged(Operation operation, OssRequest reading) {
        try {
            List<Right> rights = Operations.rights(operation, reading, Body.UNKNOWN);
            Conditions told = conditions.ofReading(reading, Optional.of(operation));
            return Optional.of(decide(reading, Optional.of(operation), rights, told));
        } catch (OssRefusal e) {
            return Optional.empty();
        }
    }

    /** What nobody judges to its end is refused. */
    static OssRefusal tooCostly() {
        return new OssRefusal(OssError.REQUEST_TOO_COSTLY, Decision.TooCostly.ADVICE);
    }

    private Decision decide(OssRequest request, Optional<Operation> operation, List<Right> rights, Conditions told)
            throws OssRefusal {
        if (operation.isEmpty() || rights.isEmpty()) {
            throw Operations.none(request);
        }
        return Authorizer.decide(principal, needed.of(operation.get(), rights), told, steps);
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
                        "This V1 signature stands for too many requests; sign with V4, which is not ambiguous."));
        List<OssRequest> others = new ArrayList<>(readings.subList(1, readings.size()));
        for (OssRequest reading : readings) {
            FormatStep.SignedSelectors.without(reading).ifPresent(others::add);
        }
        return others;
    }

    /** Puts the rights of an operation beside what is known of the places where it needs them. */
    record RightsNeeded(FactsLoader.KnownFacts known, KnownTags tags) {
        private static final String READ = "oss:GetObject";

        /** Whether a right is to read an object: an ACL may give that also where it is not the operation's own right. */
        static boolean isFurtherRead(Right right) {
            return right.action().equals(READ);
        }

        /**
         * @param rights the operation's own first; only that one is opened by what ACLs open the operation, and none on a version: each version has an ACL of its own, which the registry does not know
         * @throws OssRefusal NoSuchBucket
         */
        List<NeededRight> of(Operation operation, List<Right> rights) throws OssRefusal {
            List<NeededRight> needed = new ArrayList<>(rights.size());
            for (Right right : rights) {
                boolean own = needed.isEmpty();
                boolean ofVersion = right.plain().isPresent();
                Acl.AclClass further =
                        isFurtherRead(right) && isObject(right.scope()) ? Acl.AclClass.READ : Acl.AclClass.NONE;
                Acl.AclClass opened = own ? operation.aclClass() : further;
                needed.add(needed(right, ofVersion ? Acl.AclClass.NONE : opened).with(tags.of(right)));
            }
            return needed;
        }

        private NeededRight needed(Right right, Acl.AclClass aclClass) throws OssRefusal {
            Optional<String> name = ParsedRequest.bucketOf(right.scope());
            if (name.isEmpty()) {
                return NeededRight.onService(right);
            }
            BucketFacts bucket = known.bucket(name.get());
            return aclClass == Acl.AclClass.NONE
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

package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.ArrayValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reviews a statement of an access policy. */
final class StatementReview {
    private static final String UNKNOWN_IN_DENY =
            "this condition key of another service is never known here, so this Deny applies whatever its value is";
    private static final String UNKNOWN_IN_ALLOW =
            "this condition key of another service is never known here, so this Allow gives nothing; write the statement for oss without it";

    private final PolicyDocument.Kind kind;
    private final Optional<BucketFacts> bucket;
    private final List<PolicyNote> notes = new ArrayList<>();
    private final List<NamedPrincipal> principals = new ArrayList<>();

    /** @param bucket the bucket that the policy is attached to */
    StatementReview(PolicyDocument.Kind kind, Optional<BucketFacts> bucket) {
        this.kind = kind;
        this.bucket = bucket;
    }

    /** @throws InvalidDocumentException when the statement is invalid for {@link StatementReader} */
    PolicyReview of(Value value) throws InvalidDocumentException {
        StatementSource statement = new StatementReader(kind).read(0, value);
        Members members = Members.of(value);
        if (!statement.speaksHere()) {
            note(
                    value,
                    statement.notResource() && speaksHere(statement.actions())
                            ? "this statement has no effect on oss: its NotResource leaves out everything"
                            : "this statement has no effect on oss: it is about services that are never called here");
        } else if (statement.actions().inverted()) {
            notActions(members.required("NotAction"), statement.actions());
        } else {
            actions(members.required("Action"));
        }
        resources(members, statement);
        if (statement.speaksHere()) {
            keys(members.optional("Condition"), statement.effect());
        }
        if (kind == PolicyDocument.Kind.BUCKET) {
            principals(members.required("Principal"), statement.effect());
        }
        return new PolicyReview(notes, principals);
    }

    private void actions(Value value) throws InvalidDocumentException {
        List<String> elsewhere = new ArrayList<>();
        for (LocatedString entry : entries(value)) {
            if (!speaksHere(ActionSet.parse(List.of(entry), false, kind))) {
                elsewhere.add(entry.text());
            }
        }
        if (!elsewhere.isEmpty()) {
            note(value, "these actions have no effect on oss: " + String.join(", ", elsewhere));
        }
    }

    private void notActions(Value value, ActionSet actions) {
        if (!speaksHere(new ActionSet(actions.patterns(), false))) {
            note(
                    value,
                    "NotAction leaves out only actions of other services, so this statement is about every action of oss");
        }
    }

    private void resources(Members members, StatementSource statement) throws InvalidDocumentException {
        Value value = members.required(statement.notResource() ? "NotResource" : "Resource");
        if (statement.notResource()
                && statement.speaksHere()
                && statement.resources().stream().noneMatch(ResourceTemplate::isAskedFor)) {
            note(
                    value,
                    "NotResource leaves out only resources of other services, so this statement is about every resource of oss");
            return;
        }
        String nothing = statement.notResource() ? "leaves out nothing: " : "matches nothing: ";
        for (LocatedString entry : entries(value)) {
            problem(ResourceTemplate.parse(entry, kind), statement.actions())
                    .ifPresent(problem -> note(entry, nothing + problem));
        }
    }

    private Optional<String> problem(ResourceTemplate resource, ActionSet actions) {
        if (!resource.isWithin(actions)) {
            return Optional.of("no action of the statement is of the service that the second part names");
        }
        return bucket.isPresent()
                ? BucketResource.problem(resource.fill(Map.of()), bucket.get())
                : resource.noRegion()
                        .map(region -> "no region of Alibaba Cloud is called " + region
                                + "; write its id, such as cn-hangzhou, or * for any");
    }

    private void keys(Optional<Value> condition, Statement.Effect effect) throws InvalidDocumentException {
        if (condition.isEmpty()) {
            return;
        }
        for (Value keys : ConditionReader.object(condition.get()).values()) {
            for (var key : ConditionReader.object(keys).entrySet()) {
                if (ClauseKey.parse(key.getKey(), KeyPlace.ACCESS).orElseThrow() instanceof ClauseKey.OfElsewhere) {
                    note(key.getValue(), effect == Statement.Effect.DENY ? UNKNOWN_IN_DENY : UNKNOWN_IN_ALLOW);
                }
            }
        }
    }

    private void principals(Value value, Statement.Effect effect) throws InvalidDocumentException {
        if (!(value instanceof ArrayValue array)) {
            note(value, "one string was taken as a list; write an array of strings");
        } else if (array.elements().isEmpty()) {
            note(value, "an empty Principal means everybody, also without a signature; write [\"*\"] to say so");
            return;
        }
        for (LocatedString entry : entries(value)) {
            principals.add(new NamedPrincipal(entry, effect, PrincipalPattern.parse(entry)));
        }
    }

    private List<LocatedString> entries(Value value) throws InvalidDocumentException {
        return StatementReader.entries(value, kind);
    }

    private static boolean speaksHere(ActionSet actions) {
        return actions.speaksOfService(ActionSet.OSS) || actions.speaksOfService(ActionSet.STS);
    }

    private void note(Value value, String text) {
        notes.add(new PolicyNote(value.at(), text));
    }

    private void note(LocatedString entry, String text) {
        notes.add(new PolicyNote(entry.at(), text));
    }

    /**
     * Checks that a resource of a bucket policy matches something of its bucket; the policy has no effect on others.
     */
    static final class BucketResource {
        private BucketResource() {}

        /** Returns the reason why it matches nothing, with the correction. */
        static Optional<String> problem(ResourceSet.ResourcePattern resource, BucketFacts bucket) {
            String name = bucket.bucket();
            if (!resource.owner().matches(bucket.ownerAccountId(), StepBudget.unbounded())) {
                return Optional.of("the bucket belongs to the account " + bucket.ownerAccountId()
                        + "; write that, or *, before the last colon");
            }
            ResourceName itself = new ResourceName(
                    ResourceName.OSS, bucket.region(), bucket.ownerAccountId(), name, ResourceName.Span.ONE);
            if (!resource.sitsAt(itself, StepBudget.unbounded())) {
                return Optional.of("the bucket is in " + bucket.region() + "; write that, or *, for the region");
            }
            boolean named = resource.path().matches(name, StepBudget.unbounded())
                    || Glob.States.meets(resource.path(), name + "/", 0, StepBudget.unbounded());
            return named
                    ? Optional.empty()
                    : Optional.of("it names nothing of the bucket " + name + "; write acs:oss:*:*:" + name
                            + " for the bucket and acs:oss:*:*:" + name + "/* for its objects");
        }
    }
}

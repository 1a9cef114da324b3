package io.countersign.verify.decide;

import io.countersign.oss.Acl;
import io.countersign.oss.ErrorDetails;
import io.countersign.oss.OssRefusal;
import io.countersign.policy.Principal;
import io.countersign.policy.TraceStep;
import io.countersign.signing.SignatureVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The decision on one request.
 *
 * @param principal the requester: known when the signature matches, or when the request is not signed
 * @param presented the signature that the request presents, valid or not; empty for an anonymous request and for one whose signature cannot be read
 * @param action the first action that the request requires, or the one that was refused
 * @param resource the resource that the action is required on
 * @param error the refusal; empty exactly when the request is allowed
 * @param obligations ACL changes that the storage confirms to the registry after it has carried the request out; empty when the request is refused
 * @param trace the steps in their order; never empty
 * @param at the moment that the request asked to be judged at
 * @param cors the answer to an allowed preflight
 * @param oneUse of an allowed URL that is good once: whoever lets the request pass uses it up first ({@link UrlUses#spend}); empty for every other answer
 */
public record VerifyAnswer(
        Optional<VerifiedPrincipal> principal,
        Optional<PresentedSignature> presented,
        Optional<String> action,
        Optional<String> resource,
        Optional<AnswerError> error,
        List<Obligation> obligations,
        List<TraceStep> trace,
        Optional<Instant> at,
        Optional<CorsAnswer> cors,
        Optional<OneUse> oneUse) {
    /** @throws IllegalArgumentException when the trace is empty */
    public VerifyAnswer {
        obligations = List.copyOf(obligations);
        trace = List.copyOf(trace);
        if (trace.isEmpty()) {
            throw new IllegalArgumentException("the trace of an answer is empty");
        }
    }

    /** Whether the request is allowed. */
    public boolean allowed() {
        return error.isEmpty();
    }

    /** A copy that refuses the request, for a reason that was found after the decision. */
    VerifyAnswer refusedAfterwards(String step, OssRefusal refusal) {
        List<TraceStep> steps = new ArrayList<>(trace);
        steps.add(new TraceStep(step, TraceStep.Outcome.DENY, refusal.text()));
        return new VerifyAnswer(
                principal,
                presented,
                action,
                resource,
                Optional.of(AnswerError.of(refusal)),
                List.of(),
                steps,
                at,
                Optional.empty(),
                Optional.empty());
    }

    /** 200, or the HTTP status that OSS answers with such a refusal. */
    public int status() {
        return error.isPresent() ? error.get().status() : 200;
    }

    /**
     * A refusal as OSS reports it.
     *
     * @param status the HTTP status of OSS's answer
     * @param ec the EC, which numbers OSS's troubleshooting pages
     * @param details further elements of OSS's error document, by their names and in their order
     */
    public record AnswerError(int status, String code, Optional<String> ec, String message, ErrorDetails details) {
        /** The same refusal for an answer. */
        public static AnswerError of(OssRefusal refusal) {
            return new AnswerError(
                    refusal.error().status(),
                    refusal.error().code(),
                    Optional.of(refusal.error().ec()).filter(ec -> !ec.isEmpty()),
                    refusal.text(),
                    refusal.details());
        }

        /** The name of a detail as a JSON member: {@code StringToSign} is {@code stringToSign}, {@code OSSAccessKeyId} is {@code ossAccessKeyId}. */
        static String memberName(String element) {
            int capitals = 0;
            while (capitals < element.length() && Character.isUpperCase(element.charAt(capitals))) {
                capitals++;
            }
            int lowered = capitals > 1 && capitals < element.length() ? capitals - 1 : capitals;
            return element.substring(0, lowered).toLowerCase(Locale.ROOT) + element.substring(lowered);
        }

        /** The details by their JSON names. */
        public Map<String, String> members() {
            Map<String, String> members = new LinkedHashMap<>();
            details.forEach((name, value) -> members.put(memberName(name), value));
            return members;
        }
    }

    /** The version of a signature, and the access key that it names. It proves nothing when the request is refused. */
    public record PresentedSignature(SignatureVersion version, String accessKeyId) {}

    /**
     * The values of the {@code Access-Control-*} headers that answer a preflight.
     *
     * @param allowOrigin the origin of the preflight, or {@code *}
     */
    public record CorsAnswer(
            String allowOrigin,
            List<String> allowMethods,
            List<String> allowHeaders,
            List<String> exposeHeaders,
            OptionalLong maxAgeSeconds) {
        public CorsAnswer {
            allowMethods = List.copyOf(allowMethods);
            allowHeaders = List.copyOf(allowHeaders);
            exposeHeaders = List.copyOf(exposeHeaders);
        }
    }

    /** An ACL change that the storage must confirm to the registry after it has carried an allowed request out. Until then decisions follow the ACLs that the registry knows. */
    public sealed interface Obligation {
        String bucket();

        /** The object now has this ACL. */
        record SetObjectAcl(String bucket, String key, Acl acl) implements Obligation {}

        /** The object no longer has an ACL of its own: it was deleted, or written again without one. */
        record DropObjectAcl(String bucket, String key) implements Obligation {}

        /** As {@link DropObjectAcl}, for each deleted key of the request's body, which the decision did not see. */
        record DropDeletedObjectAcls(String bucket) implements Obligation {}

        /** As {@link DropObjectAcl}, for each object that a process saved, in this or another bucket, under a key that the request does not name. */
        record DropSavedObjectAcls(String bucket) implements Obligation {}

        /** One version of the object was given an ACL or was deleted. The object's ACL is now that of the current version, which only the storage knows. */
        record TellObjectAcl(String bucket, String key, String versionId) implements Obligation {}

        /** The bucket now has this ACL. */
        record SetBucketAcl(String bucket, Acl acl) implements Obligation {}
    }

    /**
     * The authenticated requester.
     *
     * @param type {@code Account}, {@code RAMUser}, {@code AssumedRoleUser} as GetCallerIdentity names them, or {@code Anonymous}
     * @param subject the user that a session acts for, authenticated by its identity provider; empty for other principals
     * @param sessionId of a session; for logs, and not in the answer
     */
    public record VerifiedPrincipal(
            String type,
            Optional<String> arn,
            Optional<String> accountId,
            Optional<String> accessKeyId,
            Optional<String> subject,
            Optional<String> sessionId) {

        static VerifiedPrincipal of(IdentityStep.Requester requester) {
            return switch (requester) {
                case IdentityStep.Requester.Anyone anyone ->
                    new VerifiedPrincipal(
                            "Anonymous",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty());
                case IdentityStep.Requester.Holder holder ->
                    new VerifiedPrincipal(
                            type(holder.principal()),
                            Optional.of(holder.principal().arn()),
                            Optional.of(holder.principal().accountId()),
                            Optional.of(holder.credentials().accessKeyId()),
                            holder.subject(),
                            holder.sessionId());
            };
        }

        private static String type(Principal principal) {
            return switch (principal) {
                case Principal.Account account -> "Account";
                case Principal.RamUser user -> "RAMUser";
                case Principal.AssumedRole role -> "AssumedRoleUser";
                case Principal.Anonymous anonymous -> "Anonymous";
            };
        }
    }
}

package io.countersign.verify;

import io.countersign.oss.Acl;
import io.countersign.oss.OssRefusal;
import io.countersign.policy.Principal;
import io.countersign.policy.TraceStep;
import io.countersign.signing.CanonicalForm;
import io.countersign.verify.explain.Explained;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * What came of judging one request.
 *
 * @param principal who made the request: known once the signature held, or when there was none
 * @param action the first action that the request needs, or the one that was refused
 * @param resource what that action is needed on
 * @param error why it may not pass; empty exactly when it may
 * @param obligations what the storage owes the registry once it has carried the request out; none when it may not pass
 * @param trace the steps in their order; never empty
 * @param explained what was found out if the request asked for an explanation
 * @param at the moment that the request asked to be judged at
 * @param cors what to tell the browser, for a preflight that may pass
 */
public record VerifyAnswer(
        Optional<VerifiedPrincipal> principal,
        Optional<String> action,
        Optional<String> resource,
        Optional<AnswerError> error,
        List<Obligation> obligations,
        List<TraceStep> trace,
        Explained explained,
        Optional<Instant> at,
        Optional<CorsAnswer> cors) {
    /** @throws IllegalArgumentException when nothing says how the answer came about */
    public VerifyAnswer {
        obligations = List.copyOf(obligations);
        trace = List.copyOf(trace);
        if (trace.isEmpty()) {
            throw new IllegalArgumentException("an answer says how it came about");
        }
    }

    /** What the signature goes over, if the request asked for it and is signed; tokens in it are replaced. */
    public Optional<CanonicalForm> canonical() {
        return explained.canonical();
    }

    /** Whether the request may pass. */
    public boolean allowed() {
        return error.isEmpty();
    }

    /** 200, or the HTTP status that OSS answers such a request with. */
    public int status() {
        return error.map(AnswerError::status).orElse(200);
    }

    /**
     * A refusal in OSS's words.
     *
     * @param status the HTTP status that OSS gives it
     * @param ec the number of OSS's troubleshooting pages
     * @param details further elements of OSS's error document by their names there, in their order
     */
    public record AnswerError(
            int status, String code, Optional<String> ec, String message, SequencedMap<String, String> details) {
        public AnswerError {
            details = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(details));
        }

        /** The refusal as an answer says it. */
        public static AnswerError of(OssRefusal refusal) {
            return new AnswerError(
                    refusal.error().status(),
                    refusal.error().code(),
                    Optional.of(refusal.error().ec()).filter(ec -> !ec.isEmpty()),
                    refusal.text(),
                    new LinkedHashMap<>(refusal.details()));
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

    /**
     * What the answer to a preflight tells the browser: the values of the {@code Access-Control-*} headers.
     *
     * @param allowOrigin the origin that asked, or {@code *}
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

    /** What the storage must tell the registry once it has carried an allowed request out; until then the registry judges by the ACLs it knows. */
    public sealed interface Obligation {
        String bucket();

        /** The object now has this ACL. */
        record SetObjectAcl(String bucket, String key, Acl acl) implements Obligation {}

        /** The object has no ACL of its own any more: it was deleted, or written anew without one. */
        record DropObjectAcl(String bucket, String key) implements Obligation {}

        /** As {@link DropObjectAcl}, for each key that the request's body named and that is now deleted: the request did not tell them. */
        record DropDeletedObjectAcls(String bucket) implements Obligation {}

        /** As {@link DropObjectAcl}, for each object that a process has saved, in this bucket or another, and that the request did not name. */
        record DropSavedObjectAcls(String bucket) implements Obligation {}

        /** One version of the object was given an ACL or was deleted: what is the object's own ACL now is the one of the version that is current, which the storage alone knows. */
        record TellObjectAcl(String bucket, String key, String versionId) implements Obligation {}

        /** The bucket now has this ACL. */
        record SetBucketAcl(String bucket, Acl acl) implements Obligation {}
    }

    /**
     * Who made a request, beyond doubt.
     *
     * @param type {@code Account}, {@code RAMUser}, {@code AssumedRoleUser} as GetCallerIdentity names them, or {@code Anonymous}
     * @param subject whom a session acts for, beyond doubt; empty for anybody else
     */
    public record VerifiedPrincipal(
            String type,
            Optional<String> arn,
            Optional<String> accountId,
            Optional<String> accessKeyId,
            Optional<String> subject) {

        static VerifiedPrincipal of(IdentityStep.Requester claimant) {
            return switch (claimant) {
                case IdentityStep.Requester.Anyone anyone ->
                    new VerifiedPrincipal(
                            "Anonymous", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
                case IdentityStep.Requester.Holder holder ->
                    new VerifiedPrincipal(
                            type(holder.principal()),
                            Optional.of(holder.principal().arn()),
                            Optional.of(holder.principal().accountId()),
                            Optional.of(holder.credentials().accessKeyId()),
                            holder.subject());
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

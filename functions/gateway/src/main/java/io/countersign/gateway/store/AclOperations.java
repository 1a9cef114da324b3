package io.countersign.gateway.store;

import io.countersign.http.Reply;
import io.countersign.oss.Acl;
import io.countersign.oss.Address;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.Operation;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.registry.Bucket;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.upstream.AnswerHead;
import io.countersign.upstream.JudgedRequest;
import io.countersign.upstream.RegistryDocuments;
import io.countersign.upstream.rebuild.UpstreamRequests;
import io.countersign.verify.decide.VerifyAnswer.Obligation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Answers what the registry knows, and the store must not be asked or told. The ACL of an object is only there when the object is, so the store is asked for that. */
record AclOperations(KeyRegistry registry, AclChanges acls, UpstreamRequests upstream) {
    /** @throws OssRefusal NotImplemented for an operation that the registry does not answer */
    StoreJudge.Ready answer(
            Operation operation,
            OssRequest oss,
            Bucket bucket,
            List<Obligation> obligations,
            StoreJudge.Told told,
            Instant now)
            throws OssRefusal, StoreUnavailable {
        return switch (operation) {
            case PUT_BUCKET_ACL ->
                () -> {
                    for (Obligation obligation : obligations) {
                        if (obligation instanceof Obligation.SetBucketAcl set) {
                            acls.writer().setBucketAcl(set.bucket(), set.acl(), now);
                            registry.forgetBucket(set.bucket());
                        }
                    }
                    return told.say(told.replies().empty(200));
                };
            case PUT_OBJECT_ACL -> {
                List<Obligation.SetObjectAcl> changes = ofCurrentVersion(obligations);
                Verdict ifThere = ifObjectExists(oss, bucket, told, now, (found, then) -> {
                    acls.after(changes, then);
                    return told.replies().empty(200);
                });
                yield () -> ifThere;
            }
            case GET_OBJECT_ACL -> {
                Target.ObjectKey object = object(oss);
                Verdict ifThere = ifObjectExists(
                        oss,
                        bucket,
                        told,
                        now,
                        (found, then) -> isOfCurrentVersion(oss, found)
                                ? told.replies().xml(RegistryDocuments.acl(bucket, acl(object, bucket, then)))
                                : told.replies().refused(notCurrent()));
                yield () -> ifThere;
            }
            case GET_BUCKET_ACL -> () -> told.say(told.replies().xml(RegistryDocuments.acl(bucket, bucket.acl())));
            case GET_BUCKET_LOCATION -> () -> told.say(told.replies().xml(RegistryDocuments.location(bucket)));
            case GET_BUCKET_CORS -> {
                Verdict rules = told.say(told.replies().xml(RegistryDocuments.cors(bucket)));
                yield () -> rules;
            }
            case HEAD_BUCKET -> () -> told.say(told.replies().empty(200));
            default ->
                throw new OssRefusal(
                        OssError.NOT_IMPLEMENTED, operation.apiName() + " is not answered by the registry.");
        };
    }

    private static Target.ObjectKey object(OssRequest oss) throws OssRefusal {
        if (oss.target() instanceof Target.ObjectKey object) {
            return object;
        }
        throw new OssRefusal(OssError.NOT_IMPLEMENTED);
    }

    /** The object's own ACL, or {@link Acl#DEFAULT}. */
    private Acl acl(Target.ObjectKey object, Bucket bucket, Instant now) throws StoreUnavailable {
        return registry.load(new Facts.Query(Optional.empty(), Set.of(bucket.name()), Optional.of(object)), now)
                .objectAcl()
                .orElse(Acl.DEFAULT);
    }

    @FunctionalInterface
    private interface OfRegistry {
        /** @param found the head of the object's current version */
        Reply reply(AnswerHead found, Instant now) throws StoreUnavailable;
    }

    /** An object of a bucket without versions has the version {@code null} (help.aliyun.com, "Versioning"). */
    private static boolean isOfCurrentVersion(OssRequest oss, AnswerHead found) {
        Optional<String> asked = oss.query().first("versionId");
        return asked.isEmpty()
                || asked.get().equals(found.headers().first("x-oss-version-id").orElse("null"));
    }

    private static OssRefusal notCurrent() {
        return new OssRefusal(
                OssError.NOT_IMPLEMENTED,
                "Only the current version has an ACL here; ask for that of the object, without versionId.");
    }

    private Verdict ifObjectExists(OssRequest oss, Bucket bucket, StoreJudge.Told told, Instant now, OfRegistry answer)
            throws OssRefusal, StoreUnavailable {
        Address address = oss.address();
        JudgedRequest head = new JudgedRequest(
                new OssRequest(HttpMethod.HEAD, address, QueryParameters.NONE, Headers.NONE),
                Operation.HEAD_OBJECT,
                bucket,
                Optional.empty(),
                OptionalLong.empty(),
                false);
        return told.send(
                upstream.prepare(head, now),
                (found, then) -> Optional.of(
                        switch (found.status()) {
                            case 200 -> answer.reply(found, then);
                            case 404 -> told.replies().refused(new OssRefusal(OssError.NO_SUCH_KEY));
                            default -> told.replies().unavailable();
                        }));
    }

    /** The registry has one ACL for an object, that of its current version. */
    private static List<Obligation.SetObjectAcl> ofCurrentVersion(List<Obligation> obligations) throws OssRefusal {
        List<Obligation.SetObjectAcl> changes = new ArrayList<>();
        for (Obligation obligation : obligations) {
            if (!(obligation instanceof Obligation.SetObjectAcl set)) {
                throw new OssRefusal(
                        OssError.NOT_IMPLEMENTED,
                        "A version has no ACL of its own here; set that of the object, without versionId.");
            }
            changes.add(set);
        }
        return List.copyOf(changes);
    }
}

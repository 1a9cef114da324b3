package io.countersign.gateway.store;

import io.countersign.oss.Operation;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.registry.keys.BucketListing;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.upstream.BucketQuery;
import io.countersign.upstream.RegistryDocuments;
import io.countersign.upstream.StoreTable;
import io.countersign.upstream.rebuild.Admission;
import io.countersign.verify.decide.VerifyAnswer;
import io.countersign.verify.decide.VerifyAnswer.VerifiedPrincipal;
import java.time.Instant;

/** Answers requests on the service itself, which name no bucket and reach no store. */
record ServiceOperations(RegistryBuckets buckets) {
    /** @throws OssRefusal NotImplemented for every operation but ListBuckets */
    StoreJudge.Ready answer(Operation operation, OssRequest oss, VerifyAnswer answer, StoreJudge.Told told, Instant now)
            throws OssRefusal, StoreUnavailable {
        if (operation != Operation.LIST_BUCKETS) {
            throw new OssRefusal(
                    OssError.NOT_IMPLEMENTED, operation.apiName() + " is not answered here; name a bucket.");
        }
        OssRequest admitted = Admission.admitted(oss, StoreTable.ofService(operation));
        BucketQuery query = BucketQuery.of(admitted.query());
        String account = answer.principal()
                .flatMap(VerifiedPrincipal::accountId)
                .orElseThrow(() -> new OssRefusal(OssError.LIST_BUCKETS_FORBIDDEN));
        BucketListing.Listed listed = buckets.of(account, query, now);
        Verdict list = told.say(told.replies()
                .xml(RegistryDocuments.buckets(
                        account,
                        query,
                        listed.buckets(),
                        listed.more(),
                        oss.address().endpoint())));
        return () -> list;
    }
}

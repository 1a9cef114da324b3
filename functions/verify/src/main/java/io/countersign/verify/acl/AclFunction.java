package io.countersign.verify.acl;

import io.countersign.http.Bounds;
import io.countersign.http.Call;
import io.countersign.http.JsonBody;
import io.countersign.http.Problem;
import io.countersign.http.Refused;
import io.countersign.http.Reply;
import io.countersign.registry.AclWriter;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;

/**
 * {@code PUT /acl}, for the storage: it confirms the obligations of an allowed request once it has carried it out. {@code {"bucket","key","acl"}} sets an object's ACL,
 * {@code default} drops it, and without {@code key} the ACL is the bucket's. The answer is what now stands, and a repeat is answered as the first was.
 *
 * <p>Decisions may follow the former ACL for as long as readers remember it: 5 seconds by default ({@link io.countersign.registry.CacheBounds}).
 */
public final class AclFunction {
    private final AclWriter writer;

    public AclFunction(RegistryStore store) {
        this.writer = new AclWriter(store);
    }

    /** @param now the present */
    public Reply handle(Call call, Instant now) {
        try {
            Bounds.check(call, Bounds.BODY, "PUT");
            AclNotice notice = JsonBody.read(call, Bounds.BODY, AclNotice::read);
            return write(notice, now)
                    ? Reply.json(200, notice.json())
                    : noSuchBucket().reply();
        } catch (Refused refused) {
            return refused.problem().reply();
        } catch (StoreUnavailable e) {
            return Problem.unavailable(e).reply();
        }
    }

    private boolean write(AclNotice notice, Instant now) throws StoreUnavailable {
        return notice.key().isPresent()
                ? writer.setObjectAcl(notice.bucket(), notice.key().get(), notice.acl(), now)
                : writer.setBucketAcl(notice.bucket(), notice.acl(), now);
    }

    private static Problem noSuchBucket() {
        return new Problem(
                404,
                "NoSuchBucket",
                "The bucket is not in the registry",
                "Correct the bucket's name, or add the bucket to the manifest.");
    }
}

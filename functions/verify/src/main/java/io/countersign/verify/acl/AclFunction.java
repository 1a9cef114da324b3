package io.countersign.verify.acl;

import io.countersign.http.Call;
import io.countersign.http.JsonBody;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.oss.Acl;
import io.countersign.registry.AclWriter;
import io.countersign.registry.IdSyntax;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code PUT /acl}, for the storage: it confirms the obligations of an allowed request after it has carried the request out. {@code {"bucket","key","acl"}} sets an object's ACL,
 * {@code default} drops it, and without {@code key} the ACL is the bucket's. The answer repeats the ACL that is now set. Repeating a call gives the same answer.
 *
 * <p>Decisions may follow the former ACL while readers cache it: for 5 seconds by default ({@link io.countersign.registry.CacheSettings.Bounds}).
 */
public final class AclFunction {
    private final AclWriter writer;

    public AclFunction(RegistryStore store) {
        this.writer = new AclWriter(store);
    }

    /** @param now the present */
    public Reply handle(Call call, Instant now) {
        try {
            RequestLimits.check(call, RequestLimits.BODY, "PUT");
            AclNotice notice = JsonBody.read(call, AclNotice::read);
            return write(notice, now)
                    ? Reply.json(200, notice::write)
                    : noSuchBucket().reply();
        } catch (ProblemException refused) {
            return refused.problem().reply();
        } catch (StoreUnavailable e) {
            return ProblemException.Problem.unavailable(e).reply();
        }
    }

    private boolean write(AclNotice notice, Instant now) throws StoreUnavailable {
        return notice.key().isPresent()
                ? writer.setObjectAcl(notice.bucket(), notice.key().get(), notice.acl(), now)
                : writer.setBucketAcl(notice.bucket(), notice.acl(), now);
    }

    private static ProblemException.Problem noSuchBucket() {
        return new ProblemException.Problem(
                404,
                "NoSuchBucket",
                "The bucket is not in the registry",
                "Correct the bucket's name, or add the bucket to the manifest.");
    }

    /**
     * The change that the storage confirms.
     *
     * @param key the object's key; without one, the ACL is the bucket's
     * @param acl {@link Acl#DEFAULT} for objects only: the object no longer has an ACL of its own
     */
    record AclNotice(String bucket, Optional<String> key, Acl acl) {
        /** @throws InvalidDocumentException when a member is missing or invalid. The caller refuses unknown members. */
        static AclNotice read(Members members) throws InvalidDocumentException {
            String bucket = members.string("bucket");
            Optional<Value> key = members.optional("key");
            return new AclNotice(
                    bucket,
                    key.isEmpty() ? Optional.empty() : Optional.of(key(key.get())),
                    acl(members.required("acl"), key.isPresent()));
        }

        private static String key(Value value) throws InvalidDocumentException {
            String key = Members.string(value);
            if (!IdSyntax.isObjectKey(key) || key.indexOf('\0') >= 0) {
                throw new InvalidDocumentException(
                        value.at(), "expected an object's key: 1 to 1,023 bytes of UTF-8 without NUL");
            }
            return key;
        }

        private static Acl acl(Value value, boolean ofObject) throws InvalidDocumentException {
            return Acl.of(Members.string(value))
                    .filter(acl -> ofObject || acl != Acl.DEFAULT)
                    .orElseThrow(() -> new InvalidDocumentException(
                            value.at(),
                            "expected " + (ofObject ? "default, " : "") + "private, public-read or public-read-write"));
        }

        /** The answer: the ACL that is now set. */
        void write(JsonText.ObjectWriter json) {
            json.put("bucket", bucket).put("key", key).put("acl", acl.text());
        }
    }
}

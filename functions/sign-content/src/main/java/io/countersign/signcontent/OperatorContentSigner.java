package io.countersign.signcontent;

import io.countersign.http.ProblemException;
import io.countersign.identity.delegation.BucketAcceptance;
import io.countersign.identity.delegation.SignableRequest;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import io.countersign.signing.request.SelfSignature;
import java.time.Instant;
import java.util.Optional;

/**
 * Signs V1's string to sign for an operator. The string is parsed, rebuilt and checked against the table, the time, the buckets' oldest versions and the keys that their stores keep as for other callers. No policy is evaluated,
 * because an operator with the registry and its root key can read every secret.
 */
public final class OperatorContentSigner {
    private final KeyRegistry registry;
    private final ContentTable table;

    public OperatorContentSigner(KeyRegistry registry, SignContentSettings settings) {
        this.registry = registry;
        this.table = new ContentTable(settings);
    }

    /**
     * Returns {@code OSS id:signature}, the value of an Authorization header.
     *
     * @param content the client's string to sign, byte for byte, without a line end after it
     * @throws ProblemException with the reason that {@code /sign-content} gives
     */
    public String authorization(String content, AccessKey key, Instant now) throws ProblemException, StoreUnavailable {
        ContentSigner.Parsed parsed = V1Content.parse(content).parsed();
        SignableRequest own = table.own(parsed, now);
        table.others(parsed);
        Facts facts = registry.load(new Facts.Query(Optional.empty(), own.buckets(), Optional.empty()), now);
        try {
            BucketAcceptance.require(parsed.presented().version(), own.named(), facts, now);
        } catch (SigningRefusal refusal) {
            throw new ProblemException(refusal.problem(ContentError.TITLE));
        }
        return SelfSignature.authorization(content, key);
    }
}

package io.countersign.verify.decide;

import io.countersign.identity.token.Nonces;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;

/**
 * Holds URLs to the one request that they are good for. Whoever lets an allowed request pass calls {@link #spend} as the last thing that may refuse it: of any number of requests with one URL, at any number of
 * processes, exactly one passes. Answers about other URLs are returned as they are and cost nothing.
 */
public final class UrlUses {
    /** The step of the trace. */
    static final String STEP = "once";

    private final Nonces nonces;

    /** @param store the store of the registry */
    public UrlUses(RegistryStore store) {
        this.nonces = new Nonces(store, Nonces.Kind.URLS);
    }

    /**
     * Uses the URL of an allowed request up, in one conditional write.
     *
     * @return the answer, or a refusal when the URL was used before
     * @throws StoreUnavailable when the use cannot be recorded: nothing may pass then. The URL may be used up
     */
    public VerifyAnswer spend(VerifyAnswer answer, Instant now) throws StoreUnavailable {
        return answer.oneUse().isEmpty() || isFirst(answer.oneUse().get(), now)
                ? answer
                : used(answer, DecisionObserver.NONE);
    }

    /**
     * Refuses a URL that was used before, and uses none up: before effects that a used URL must not have, and for questions about a request that is not carried out.
     *
     * @throws StoreUnavailable when the store does not answer
     */
    public VerifyAnswer check(VerifyAnswer answer, Instant now) throws StoreUnavailable {
        return check(answer, DecisionObserver.NONE, now);
    }

    /**
     * As {@link #check(VerifyAnswer, Instant)}.
     *
     * @param observer that watched the decision, and hears of this refusal too
     */
    public VerifyAnswer check(VerifyAnswer answer, DecisionObserver observer, Instant now) throws StoreUnavailable {
        return answer.oneUse().isEmpty() || !isUsed(answer.oneUse().get(), now) ? answer : used(answer, observer);
    }

    private boolean isFirst(OneUse use, Instant now) throws StoreUnavailable {
        return nonces.firstUse(use.accessKeyId(), use.value(), use.expiresAt(), now);
    }

    private boolean isUsed(OneUse use, Instant now) throws StoreUnavailable {
        return nonces.isUsed(use.accessKeyId(), use.value(), now);
    }

    private static VerifyAnswer used(VerifyAnswer answer, DecisionObserver observer) {
        OssRefusal refusal = new OssRefusal(OssError.URL_USED);
        observer.refused(refusal);
        return answer.refusedAfterwards(STEP, refusal);
    }
}

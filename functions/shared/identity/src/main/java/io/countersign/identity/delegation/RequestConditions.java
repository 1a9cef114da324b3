package io.countersign.identity.delegation;

import io.countersign.identity.Asker;
import io.countersign.oss.Operation;
import io.countersign.oss.OssRefusal;
import io.countersign.policy.ConditionKey;
import io.countersign.policy.Conditions;
import io.countersign.policy.KeyState;
import io.countersign.policy.RequestKeys;
import io.countersign.policy.Tags;
import java.time.Instant;
import java.util.Optional;

/** What policies may ask about a request that is to be signed. */
final class RequestConditions {
    private RequestConditions() {}

    static Conditions of(SignableRequest request, Asker asker, Instant now) throws SigningRefusal {
        Conditions.Builder conditions = asker.conditions(now, Optional.empty());
        try {
            RequestKeys.tell(request.request(), Optional.of(request.operation()), conditions);
        } catch (OssRefusal refusal) {
            throw SigningRefusal.of(refusal);
        }
        return isForm(request)
                ? conditions
                        .tell(ConditionKey.OBJECT_ACL, KeyState.unknown())
                        .requestObjectTags(Tags.UNKNOWN)
                        .build()
                : conditions.build();
    }

    /** Its fields are its holder's to fill in. */
    private static boolean isForm(SignableRequest request) {
        return request.operation() == Operation.POST_OBJECT;
    }
}

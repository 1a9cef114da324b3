package io.countersign.session.signable;

import io.countersign.oss.EncodedText;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.policy.Conditions;
import java.time.Instant;
import java.util.Optional;

/** What policies may ask about a request that is to be signed. */
final class RequestConditions {
    private static final String OBJECT_ACL = "x-oss-object-acl";
    private static final String TAGGING = "x-oss-tagging";

    private RequestConditions() {}

    static Conditions of(OssRequest request, Asker asker, Instant now) throws SigningRefusal {
        Conditions.Builder conditions = asker.conditions(now)
                .put(Conditions.OBJECT_ACL, request.headers().first(OBJECT_ACL));
        Optional<String> tagging = request.headers().first(TAGGING);
        if (tagging.isPresent()) {
            tags(tagging.get(), conditions);
        }
        return conditions.build();
    }

    /** {@code k1=v1&k2=v2}, each piece percent-encoded (help.aliyun.com, PutObject, x-oss-tagging). */
    private static void tags(String tagging, Conditions.Builder conditions) throws SigningRefusal {
        try {
            QueryParameters tags = QueryParameters.parse(tagging, EncodedText.TAGGING);
            for (QueryParameter tag : tags.list()) {
                conditions.put(Conditions.requestObjectTag(tag.name()), tags.all(tag.name()));
            }
        } catch (OssRefusal refusal) {
            throw SigningRefusal.of(refusal);
        }
    }
}

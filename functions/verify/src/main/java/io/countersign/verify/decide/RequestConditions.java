package io.countersign.verify.decide;

import io.countersign.oss.Operation;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.policy.ConditionKey;
import io.countersign.policy.Conditions;
import io.countersign.policy.PlaceTags;
import io.countersign.policy.RequestKeys;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a request for the conditions of policies (docs/protocol.md 9, grammar).
 *
 * @param common what holds of everything that the request's signature stands for: who makes it, when and from where
 * @param own what is known of the request as it came
 */
record RequestConditions(Conditions common, Conditions own) {
    /**
     * @param moment the one that the request is judged at
     * @throws OssRefusal InvalidArgument when {@code x-oss-tagging} cannot be read, or says something else than the context
     */
    static RequestConditions of(VerifyRequest request, ParsedRequest parsed, Instant moment) throws OssRefusal {
        OssRequest oss = parsed.oss();
        Conditions common = Conditions.builder()
                .currentTime(moment)
                .known(ConditionKey.SOURCE_IP, request.sourceIp())
                .known(ConditionKey.SOURCE_VPC, request.context().sourceVpc())
                .secureTransport(secureTransport(request))
                .mfaPresent(request.context().mfaPresent().orElse(false))
                .tell(ConditionKey.USER_AGENT, RequestKeys.header(oss.headers(), "user-agent"))
                .found(ConditionKey.ACCESS_ID, accessKeyId(parsed.credentials()))
                .build();
        Conditions read =
                RequestKeys.tell(oss, parsed.operation(), common.more()).build();
        return new RequestConditions(common, withTags(request.context().requestObjectTags(), oss, read));
    }

    /**
     * Of another request that the same V1 signature stands for: nothing is known of its body.
     *
     * @throws OssRefusal InvalidArgument when {@code x-oss-tagging} cannot be read
     */
    Conditions ofReading(OssRequest reading, Optional<Operation> operation) throws OssRefusal {
        return RequestKeys.tell(reading, operation, common.more()).build();
    }

    private static Conditions withTags(PlaceTags.Tags told, OssRequest oss, Conditions read) throws OssRefusal {
        if (told.equals(PlaceTags.Tags.UNKNOWN)) {
            return read;
        }
        PlaceTags.Tags byHeader =
                oss.headers().has(RequestKeys.TAGGING) ? read.requestObjectTags() : PlaceTags.Tags.UNKNOWN;
        if (!byHeader.equals(PlaceTags.Tags.UNKNOWN) && !byHeader.equals(told)) {
            throw new OssRefusal(
                    OssError.INVALID_ARGUMENT,
                    "context.requestObjectTags is not what the header x-oss-tagging says; leave it out.");
        }
        return read.more().requestObjectTags(told).build();
    }

    private static Optional<String> accessKeyId(Credentials credentials) {
        return switch (credentials) {
            case Credentials.None none -> Optional.empty();
            case Credentials.Signed signed -> Optional.of(signed.accessKeyId());
        };
    }

    /** What the program says, else what an absolute URL says. */
    private static Optional<Boolean> secureTransport(VerifyRequest request) {
        if (request.secureTransport().isPresent() || request.url().startsWith("/")) {
            return request.secureTransport();
        }
        return Optional.of(request.url().regionMatches(true, 0, "https:", 0, 6));
    }
}

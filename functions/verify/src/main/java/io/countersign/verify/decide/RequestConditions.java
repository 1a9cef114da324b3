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
 * The values of a request's condition keys (docs/protocol.md 9, grammar).
 *
 * @param own the values of the request as it was received
 */
record RequestConditions(Conditions own) {
    /**
     * @param moment the moment that the request is judged at
     * @throws OssRefusal InvalidArgument when {@code x-oss-tagging} is malformed or contradicts the context
     */
    static RequestConditions of(VerifyRequest request, ParsedRequest parsed, Instant moment) throws OssRefusal {
        OssRequest oss = parsed.oss();
        Conditions.Builder known = Conditions.builder()
                .currentTime(moment)
                .known(ConditionKey.SOURCE_IP, request.sourceIp())
                .known(ConditionKey.SOURCE_VPC, request.context().sourceVpc())
                .secureTransport(secureTransport(request))
                .mfaPresent(request.context().mfaPresent().orElse(false))
                .tell(ConditionKey.USER_AGENT, RequestKeys.header(oss.headers(), "user-agent"))
                .found(ConditionKey.ACCESS_ID, accessKeyId(parsed.credentials()));
        Conditions read = RequestKeys.tell(oss, parsed.operation(), known).build();
        return new RequestConditions(withTags(request.context().requestObjectTags(), oss, read));
    }

    /**
     * The values of another reading of the same V1 signature: requester, time and origin are those of this request, and all else is the reading's. Its body is unknown.
     *
     * @throws OssRefusal InvalidArgument when {@code x-oss-tagging} is malformed
     */
    Conditions ofReading(OssRequest reading, Optional<Operation> operation) throws OssRefusal {
        return RequestKeys.tell(reading, operation, own.more()).build();
    }

    private static Conditions withTags(PlaceTags.Tags reported, OssRequest oss, Conditions read) throws OssRefusal {
        if (reported.equals(PlaceTags.Tags.UNKNOWN)) {
            return read;
        }
        PlaceTags.Tags byHeader =
                oss.headers().has(RequestKeys.TAGGING) ? read.requestObjectTags() : PlaceTags.Tags.UNKNOWN;
        if (!byHeader.equals(PlaceTags.Tags.UNKNOWN) && !byHeader.equals(reported)) {
            throw new OssRefusal(
                    OssError.INVALID_ARGUMENT,
                    "context.requestObjectTags is not what the header x-oss-tagging says; leave it out.");
        }
        return read.more().requestObjectTags(reported).build();
    }

    private static Optional<String> accessKeyId(Credentials credentials) {
        return switch (credentials) {
            case Credentials.None none -> Optional.empty();
            case Credentials.Signed signed -> Optional.of(signed.accessKeyId());
        };
    }

    /** The program's statement, or else the scheme of an absolute URL. */
    private static Optional<Boolean> secureTransport(VerifyRequest request) {
        if (request.secureTransport().isPresent() || request.url().startsWith("/")) {
            return request.secureTransport();
        }
        return Optional.of(request.url().regionMatches(true, 0, "https:", 0, 6));
    }
}

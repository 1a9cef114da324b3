package io.countersign.verify;

import io.countersign.oss.EncodedText;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.policy.Conditions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a request says to the conditions of policies (protocol.md 9, grammar). What it does not say stays absent, which is not the same as empty. */
final class RequestConditions {
    private RequestConditions() {}

    /**
     * @param moment the one that the request is judged at
     * @throws OssRefusal InvalidArgument when {@code x-oss-tagging} cannot be read
     */
    static Conditions of(VerifyRequest request, OssRequest oss, Credentials credentials, Instant moment)
            throws OssRefusal {
        Conditions.Builder conditions = Conditions.builder()
                .currentTime(moment)
                .put(Conditions.SOURCE_IP, request.sourceIp())
                .put(Conditions.USER_AGENT, oss.headers().first("user-agent"))
                .put(Conditions.ACCESS_ID, accessKeyId(credentials))
                .put(Conditions.BUCKET_ACL, oss.headers().first("x-oss-acl").map(String::strip))
                .put(
                        Conditions.OBJECT_ACL,
                        oss.headers().first("x-oss-object-acl").map(String::strip));
        secureTransport(request).ifPresent(conditions::secureTransport);
        if (oss.target() instanceof Target.Bucket) {
            conditions.put(Conditions.PREFIX, oss.query().first("prefix"));
            conditions.put(Conditions.DELIMITER, oss.query().first("delimiter"));
        }
        for (QueryParameter tag : tags(oss)) {
            conditions.put(Conditions.requestObjectTag(tag.name()), tag.value());
        }
        return conditions.build();
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

    /** {@code k=v&k2=v2}, percent-encoded, each name once. */
    private static List<QueryParameter> tags(OssRequest oss) throws OssRefusal {
        Optional<String> text = oss.headers().first("x-oss-tagging");
        if (text.isEmpty()) {
            return List.of();
        }
        List<QueryParameter> tags =
                QueryParameters.parse(text.get().strip(), EncodedText.TAGGING).list();
        if (tags.stream().map(QueryParameter::name).distinct().count() != tags.size()) {
            throw new OssRefusal(OssError.INVALID_ARGUMENT, "x-oss-tagging names a tag twice; send each once.");
        }
        return tags;
    }
}

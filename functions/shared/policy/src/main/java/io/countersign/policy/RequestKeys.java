package io.countersign.policy;

import io.countersign.oss.Headers;
import io.countersign.oss.ObjectTags;
import io.countersign.oss.Operation;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.OuterSpace;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sets the condition keys of an OSS request: {@code oss:Prefix}, {@code oss:Delimiter}, {@code oss:x-oss-acl}, {@code
 * oss:x-oss-object-acl} and {@code oss:RequestObjectTag/k} (help.aliyun.com, "RAM Policy", Condition). A key is absent
 * when the request does not have it, and unknown when its value is elsewhere: in the body of PutObjectTagging, in the
 * tags of a copy's source, or in one of several lines.
 */
public final class RequestKeys {
    /** The header with an object's tags. */
    public static final String TAGGING = "x-oss-tagging";

    private static final String BUCKET_ACL = "x-oss-acl";
    private static final String OBJECT_ACL = "x-oss-object-acl";
    private static final String TAGGING_DIRECTIVE = "x-oss-tagging-directive";

    private RequestKeys() {}

    /**
     * Adds all of these keys.
     *
     * @param operation empty when the request selects no operation
     * @throws OssRefusal InvalidArgument when {@code x-oss-tagging} cannot be parsed, or repeats a tag
     */
    public static Conditions.Builder tell(OssRequest request, Optional<Operation> operation, Conditions.Builder into)
            throws OssRefusal {
        Headers headers = request.headers();
        boolean lists = request.target() instanceof Target.Bucket;
        return into.tell(ConditionKey.PREFIX, lists ? one(request.query().all("prefix")) : KeyState.absent())
                .tell(ConditionKey.DELIMITER, lists ? one(request.query().all("delimiter")) : KeyState.absent())
                .tell(ConditionKey.BUCKET_ACL, acl(headers, BUCKET_ACL))
                .tell(ConditionKey.OBJECT_ACL, acl(headers, OBJECT_ACL))
                .requestObjectTags(tags(headers, operation));
    }

    /**
     * Returns the state of a key for header lines or parameters of one name. With several values it is unknown which
     * one counts.
     */
    public static KeyState one(List<String> values) {
        return switch (values.size()) {
            case 0 -> KeyState.absent();
            case 1 -> new KeyState.Told(values.getFirst());
            default -> KeyState.unknown();
        };
    }

    /** As {@link #one}, for the header lines of that name. */
    public static KeyState header(Headers headers, String name) {
        return headers.has(name) ? one(headers.all(name)) : KeyState.absent();
    }

    private static KeyState acl(Headers headers, String name) {
        return switch (header(headers, name)) {
            case KeyState.Told(String value) -> new KeyState.Told(OuterSpace.trim(value));
            case KeyState.Absent absent -> absent;
            case KeyState.Unknown unknown -> unknown;
        };
    }

    private static PlaceTags.Tags tags(Headers headers, Optional<Operation> operation) throws OssRefusal {
        Optional<String> line = headers.first(TAGGING);
        PlaceTags.Tags told = line.isEmpty() ? PlaceTags.Tags.NONE : PlaceTags.Tags.of(parse(line.get()));
        boolean several = line.isPresent() && headers.all(TAGGING).size() > 1;
        return several || operation.isEmpty() || areElsewhere(operation.get(), headers) ? PlaceTags.Tags.UNKNOWN : told;
    }

    /**
     * Whether the object's tags do not come from the header (help.aliyun.com, PutObjectTagging; CopyObject,
     * x-oss-tagging-directive).
     */
    private static boolean areElsewhere(Operation operation, Headers headers) {
        return operation == Operation.PUT_OBJECT_TAGGING
                || operation == Operation.COPY_OBJECT
                        && !headers.all(TAGGING_DIRECTIVE).equals(List.of("Replace"));
    }

    private static Map<String, String> parse(String text) throws OssRefusal {
        Map<String, String> tags = new HashMap<>();
        for (QueryParameter tag : ObjectTags.parse(text)) {
            tags.put(tag.name(), tag.value());
        }
        return tags;
    }
}

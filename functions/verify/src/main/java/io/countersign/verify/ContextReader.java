package io.countersign.verify;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.ObjectValue;
import io.countersign.policy.PlaceTags;
import io.countersign.verify.decide.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code {"existingObjectTags", "bucketTags", "requestObjectTags", "sourceVpc", "mfaPresent"}}, all of them optional. */
final class ContextReader {
    /** OSS allows 10 tags of an object and 20 of a bucket (help.aliyun.com, "Object tagging", PutBucketTags). */
    static final int MAX_TAGS = 20;

    static final int MAX_NAME = 128;
    static final int MAX_VALUE = 256;

    private ContextReader() {}

    static Context read(Optional<Value> context) throws InvalidDocumentException {
        if (context.isEmpty()) {
            return Context.NONE;
        }
        Members members = Members.of(context.get());
        PlaceTags.Tags object = tags(members.optional("existingObjectTags"));
        PlaceTags.Tags bucket = tags(members.optional("bucketTags"));
        Context read = new Context(
                new PlaceTags(bucket, object),
                tags(members.optional("requestObjectTags")),
                vpc(members.optional("sourceVpc")),
                members.optionalBoolean("mfaPresent"));
        members.done();
        return read;
    }

    private static PlaceTags.Tags tags(Optional<Value> value) throws InvalidDocumentException {
        if (value.isEmpty()) {
            return PlaceTags.Tags.UNKNOWN;
        }
        if (!(value.get() instanceof ObjectValue object)) {
            throw new InvalidDocumentException(
                    value.get().at(),
                    "expected an object of tags by their names, found "
                            + value.get().kind());
        }
        if (object.members().size() > MAX_TAGS) {
            throw new InvalidDocumentException(object.at(), "expected at most " + MAX_TAGS + " tags");
        }
        Map<String, String> tags = new HashMap<>();
        for (var tag : object.members().entrySet()) {
            tags.put(tag.getKey(), text(tag.getKey(), tag.getValue()));
        }
        return PlaceTags.Tags.of(tags);
    }

    private static String text(String name, Value value) throws InvalidDocumentException {
        String text = Members.string(value);
        if (name.isEmpty() || name.length() > MAX_NAME || text.length() > MAX_VALUE) {
            throw new InvalidDocumentException(
                    value.at(),
                    "a tag has a name of 1 to " + MAX_NAME + " characters and a value of at most " + MAX_VALUE);
        }
        return text;
    }

    private static Optional<String> vpc(Optional<Value> value) throws InvalidDocumentException {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        String text = Members.string(value.get());
        if (!Context.isVpcId(text)) {
            throw new InvalidDocumentException(
                    value.get().at(),
                    "expected the id of a VPC, as vpc-t4nlw426y44rd3iq4; leave it out where none is known");
        }
        return Optional.of(text);
    }
}

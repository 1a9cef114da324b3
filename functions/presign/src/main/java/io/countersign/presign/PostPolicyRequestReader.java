package io.countersign.presign;

import io.countersign.identity.delegation.SigningTable;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the body of {@code POST /post-policy}. The caller refuses unknown members with {@link Members#done}. */
final class PostPolicyRequestReader {
    private static final int MAX_TYPES = 32;
    private static final int MAX_TYPE_LENGTH = 255;
    /** The statuses that PostObject can answer with (docs/protocol.md 4). */
    private static final Set<String> STATUSES = Set.of("200", "201", "204");

    private final PostPolicySettings settings;

    PostPolicyRequestReader(PostPolicySettings settings) {
        this.settings = settings;
    }

    PostPolicyRequest read(Members members) throws InvalidDocumentException {
        return new PostPolicyRequest(
                place(members),
                expiresIn(members),
                length(members),
                contentTypes(members),
                status(members),
                PresignRequestReader.Versions.read(members, "forms"),
                Map.of());
    }

    private static SigningTable.UploadPlace place(Members members) throws InvalidDocumentException {
        String bucket = members.string("bucket");
        Optional<String> key = notEmpty(members, "key");
        Optional<String> prefix = notEmpty(members, "keyPrefix");
        if (key.isPresent() == prefix.isPresent()) {
            throw new InvalidDocumentException(
                    members.at(), "expected either \"key\" for one object, or \"keyPrefix\" for any object below it");
        }
        return key.isPresent()
                ? new SigningTable.UploadPlace.Key(bucket, key.get())
                : new SigningTable.UploadPlace.Below(bucket, prefix.orElseThrow());
    }

    private static Optional<String> notEmpty(Members members, String name) throws InvalidDocumentException {
        Optional<String> text = members.optionalString(name);
        if (text.isPresent() && text.get().isEmpty()) {
            throw new InvalidDocumentException(members.required(name).at(), "it is empty; name an object or a folder");
        }
        return text;
    }

    private Duration expiresIn(Members members) throws InvalidDocumentException {
        long seconds = members.optionalInteger(
                        "expiresIn", 1, settings.maxExpiry().toSeconds())
                .orElse(settings.defaultExpiry().toSeconds());
        return Duration.ofSeconds(seconds);
    }

    private static PostPolicyRequest.LengthRange length(Members members) throws InvalidDocumentException {
        Optional<Value> range = members.optional("contentLengthRange");
        if (range.isEmpty()) {
            return PostPolicyRequest.LengthRange.ANY;
        }
        List<Value> ends = Members.array(range.get());
        if (ends.size() != 2) {
            throw new InvalidDocumentException(
                    range.get().at(), "expected the least and the largest size in bytes, [min, max]");
        }
        long min = Members.integer(ends.get(0), 0, PostPolicyRequest.LengthRange.LARGEST);
        return new PostPolicyRequest.LengthRange(
                min, Members.integer(ends.get(1), min, PostPolicyRequest.LengthRange.LARGEST));
    }

    private static List<String> contentTypes(Members members) throws InvalidDocumentException {
        Optional<Value> list = members.optional("contentTypes");
        if (list.isEmpty()) {
            return List.of();
        }
        List<Value> elements = Members.array(list.get());
        if (elements.isEmpty() || elements.size() > MAX_TYPES) {
            throw new InvalidDocumentException(list.get().at(), "expected from 1 to " + MAX_TYPES + " types");
        }
        List<String> types = new ArrayList<>();
        for (Value element : elements) {
            types.add(type(element));
        }
        return types;
    }

    private static String type(Value element) throws InvalidDocumentException {
        String type = Members.string(element);
        boolean plain = !type.isEmpty()
                && type.length() <= MAX_TYPE_LENGTH
                && type.chars().allMatch(c -> c >= ' ' && c < 0x7F)
                && type.equals(type.strip());
        if (!plain) {
            throw new InvalidDocumentException(
                    element.at(),
                    "expected a media type of 1 to " + MAX_TYPE_LENGTH + " printable ASCII characters, as image/png");
        }
        return type;
    }

    /** Reads a number, or its text as forms have it. */
    private static Optional<String> status(Members members) throws InvalidDocumentException {
        Optional<Value> value = members.optional("successActionStatus");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        String status =
                value.get() instanceof Value.NumberValue number ? number.literal() : Members.string(value.get());
        if (!STATUSES.contains(status)) {
            throw new InvalidDocumentException(value.get().at(), "expected 200, 201 or 204");
        }
        return Optional.of(status);
    }
}

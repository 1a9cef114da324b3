package io.countersign.rotate.ram;

import io.countersign.http.client.Transport;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.registry.IdSyntax;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The access keys that RAM lists for a user.
 *
 * @param at the time of the list by RAM's clock, to the second
 */
public record Listing(List<ListedKey> keys, Instant at) {
    public Listing {
        keys = List.copyOf(keys);
    }

    /**
     * One listed key.
     *
     * @param createdAt by RAM's clock, to the second
     */
    public record ListedKey(String id, Instant createdAt) {}

    /** Reads RAM's answers. Unknown members are ignored, because RAM may add some. */
    static final class Reader {
        /** Far more than a user can have. */
        private static final int MAX_KEYS = 100;

        private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");

        private Reader() {}

        /** Reads an answer to CreateAccessKey; empty when it is none. The secret goes from the text directly into a {@link Secret}. */
        static Optional<AccessKey> created(Transport.Answer answer) {
            try {
                Members key = Members.of(members(answer).required("AccessKey"));
                String id = key.string("AccessKeyId");
                String secret = key.string("AccessKeySecret");
                boolean usable = IdSyntax.isAccessKeyId(id)
                        && PRINTABLE.matcher(secret).matches()
                        && secret.length() <= Secret.MAX_LENGTH;
                return usable ? Optional.of(new AccessKey(id, Secret.of(secret))) : Optional.empty();
            } catch (InvalidDocumentException e) {
                return Optional.empty();
            }
        }

        /** Reads an answer to ListAccessKeys; empty when it is none, or has no date. */
        static Optional<Listing> listed(Transport.Answer answer) {
            try {
                List<Value> values = Members.array(
                        Members.of(members(answer).required("AccessKeys")).required("AccessKey"));
                if (values.size() > MAX_KEYS || answer.date().isEmpty()) {
                    return Optional.empty();
                }
                List<ListedKey> keys = new ArrayList<>();
                for (Value value : values) {
                    Members key = Members.of(value);
                    ListedKey listed =
                            new ListedKey(key.string("AccessKeyId"), Instant.parse(key.string("CreateDate")));
                    if (!IdSyntax.isAccessKeyId(listed.id())) {
                        return Optional.empty();
                    }
                    keys.add(listed);
                }
                Instant at = Instant.from(
                        DateTimeFormatter.RFC_1123_DATE_TIME.parse(answer.date().get()));
                return Optional.of(new Listing(keys, at));
            } catch (InvalidDocumentException | DateTimeException e) {
                return Optional.empty();
            }
        }

        /** Whether it is RAM's answer to a call that returns no data. */
        static boolean isDone(Transport.Answer answer) {
            try {
                return members(answer).has("RequestId");
            } catch (InvalidDocumentException e) {
                return false;
            }
        }

        private static Members members(Transport.Answer answer) throws InvalidDocumentException {
            return Members.of(Values.parse(answer.body()));
        }
    }
}

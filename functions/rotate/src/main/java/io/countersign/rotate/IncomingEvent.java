package io.countersign.rotate;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.registry.IdSyntax;
import io.countersign.rotate.sessions.ProviderName;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** An event that rotation consumes. Its answer is stored under its id for a day, so that a duplicate gets the same answer. */
public sealed interface IncomingEvent {
    /** The event's own id: 1 to 128 printable characters. */
    String id();

    /** The schedule: search for keys that are due. */
    record Scheduled(String id) implements IncomingEvent {}

    /** Others may know the secret of this key. */
    record AccessKeyCompromised(String id, String accessKeyId) implements IncomingEvent {}

    /** Replace this key now, as if it were due. */
    record AccessKeyRotationRequested(String id, String accessKeyId) implements IncomingEvent {}

    /**
     * Others may act as this user of an identity provider: revoke the user's tokens and sessions.
     *
     * @param subject the {@code sub} of the tokens
     */
    record SubjectCompromised(String id, ProviderName provider, String subject) implements IncomingEvent {}

    /** Replace the token key now. */
    record TokenKeyRotationRequested(String id) implements IncomingEvent {}

    /** Others may know the token keys. They are in one record, so who has read one has read all. */
    record TokenKeyCompromised(String id) implements IncomingEvent {}

    /**
     * Reads the text of an EventBridge envelope.
     *
     * @throws InvalidDocumentException when it is not JSON, or not an event that rotation takes
     */
    static IncomingEvent parse(String text) throws InvalidDocumentException {
        return read(Values.parse(text));
    }

    /**
     * Reads an EventBridge envelope that was parsed already.
     *
     * @throws InvalidDocumentException when it is not an event that rotation takes
     */
    static IncomingEvent read(Value document) throws InvalidDocumentException {
        Members envelope = Members.of(document);
        IncomingEvent event = Reader.read(envelope);
        envelope.done();
        return event;
    }

    /** The content that distinguishes two events with one id. */
    default String content() {
        return switch (this) {
            case Scheduled scheduled -> "Scheduled";
            case AccessKeyCompromised compromised -> "AccessKeyCompromised " + compromised.accessKeyId();
            case AccessKeyRotationRequested requested -> "AccessKeyRotationRequested " + requested.accessKeyId();
            case SubjectCompromised compromised ->
                "SubjectCompromised " + compromised.provider().text() + " " + compromised.subject();
            case TokenKeyRotationRequested requested -> "TokenKeyRotationRequested";
            case TokenKeyCompromised compromised -> "TokenKeyCompromised";
        };
    }

    /** Reads an EventBridge envelope. Members that AWS may set are ignored; {@code detail} is read strictly. */
    final class Reader {
        private static final String SOURCE = "countersign";
        private static final String SCHEDULER = "aws.events";
        private static final String NEWER_SCHEDULER = "aws.scheduler";
        private static final int MAX_ID = 128;

        private Reader() {}

        /** @throws InvalidDocumentException for an event that rotation does not take */
        static IncomingEvent read(Members envelope) throws InvalidDocumentException {
            for (String member : new String[] {"version", "account", "region", "resources", "replay-name"}) {
                envelope.optional(member);
            }
            String id = id(envelope);
            time(envelope);
            String source = envelope.string("source");
            Value typeValue = envelope.required("detail-type");
            String type = Members.string(typeValue);
            Members detail = Members.of(envelope.required("detail"));
            IncomingEvent event =
                    switch (source) {
                        case SOURCE -> ours(id, type, typeValue.at(), detail);
                        case SCHEDULER, NEWER_SCHEDULER -> scheduled(id, type, typeValue.at());
                        default ->
                            throw new InvalidDocumentException(
                                    envelope.required("source").at(),
                                    "expected the source " + SOURCE + " or " + SCHEDULER);
                    };
            detail.done();
            return event;
        }

        private static IncomingEvent ours(String id, String type, Value.Location at, Members detail)
                throws InvalidDocumentException {
            return switch (type) {
                case "AccessKeyCompromised" -> new IncomingEvent.AccessKeyCompromised(id, accessKeyId(detail));
                case "AccessKeyRotationRequested" ->
                    new IncomingEvent.AccessKeyRotationRequested(id, accessKeyId(detail));
                case "SubjectCompromised" ->
                    new IncomingEvent.SubjectCompromised(id, provider(detail), subject(detail));
                case "TokenKeyRotationRequested" -> new IncomingEvent.TokenKeyRotationRequested(id);
                case "TokenKeyCompromised" -> new IncomingEvent.TokenKeyCompromised(id);
                default ->
                    throw new InvalidDocumentException(
                            at,
                            "expected AccessKeyCompromised, AccessKeyRotationRequested, SubjectCompromised, TokenKeyRotationRequested or TokenKeyCompromised");
            };
        }

        private static IncomingEvent scheduled(String id, String type, Value.Location at)
                throws InvalidDocumentException {
            if (!type.equals("Scheduled Event")) {
                throw new InvalidDocumentException(at, "expected Scheduled Event");
            }
            return new IncomingEvent.Scheduled(id);
        }

        private static String accessKeyId(Members detail) throws InvalidDocumentException {
            Value value = detail.required("accessKeyId");
            String id = Members.string(value);
            if (!IdSyntax.isAccessKeyId(id)) {
                throw new InvalidDocumentException(value.at(), "expected the id of an access key");
            }
            return id;
        }

        private static ProviderName provider(Members detail) throws InvalidDocumentException {
            Value value = detail.required("provider");
            return ProviderName.of(Members.string(value))
                    .orElseThrow(() -> new InvalidDocumentException(
                            value.at(), "expected a provider's name or acs:ram::ACCOUNT:oidc-provider/NAME"));
        }

        private static String subject(Members detail) throws InvalidDocumentException {
            Value value = detail.required("subject");
            String subject = Members.string(value);
            if (!IdSyntax.isSubject(subject)) {
                throw new InvalidDocumentException(
                        value.at(), "expected the sub of a token: 1 to 255 printable characters");
            }
            return subject;
        }

        private static String id(Members envelope) throws InvalidDocumentException {
            Value value = envelope.required("id");
            String id = Members.string(value);
            if (id.isEmpty() || id.length() > MAX_ID || !id.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
                throw new InvalidDocumentException(value.at(), "expected 1 to " + MAX_ID + " printable characters");
            }
            return id;
        }

        /** Requires a valid time, as every envelope has one. Rotation acts at the present time, so the value is not used. */
        private static void time(Members envelope) throws InvalidDocumentException {
            Value value = envelope.required("time");
            try {
                OffsetDateTime.parse(Members.string(value));
            } catch (DateTimeException e) {
                throw new InvalidDocumentException(value.at(), "expected a time such as 2026-11-22T03:00:00Z");
            }
        }
    }
}

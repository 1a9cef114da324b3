package io.countersign.rotate;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Values;

/** What the bus tells rotation. Each is remembered by its id for a day, so that one delivered again is answered as the first was. */
public sealed interface IncomingEvent {
    /** The event's own id: 1 to 128 printable characters. */
    String id();

    /** Time to look which keys are due. */
    record Scheduled(String id) implements IncomingEvent {}

    /** Somebody else may know the secret of this key. */
    record AccessKeyCompromised(String id, String accessKeyId) implements IncomingEvent {}

    /** This key is to be replaced now, as if it were due. */
    record AccessKeyRotationRequested(String id, String accessKeyId) implements IncomingEvent {}

    /** The key that seals sessions is to be replaced now. */
    record TokenKeyRotationRequested(String id) implements IncomingEvent {}

    /**
     * One of these from the text of its EventBridge envelope.
     *
     * @throws InvalidDocumentException when it is no JSON, or no event that rotation takes
     */
    static IncomingEvent parse(String text) throws InvalidDocumentException {
        Members envelope = Members.of(Values.parse(text));
        IncomingEvent event = IncomingEventReader.read(envelope);
        envelope.done();
        return event;
    }

    /** What tells two events of one id apart. */
    default String content() {
        return switch (this) {
            case Scheduled scheduled -> "Scheduled";
            case AccessKeyCompromised compromised -> "AccessKeyCompromised " + compromised.accessKeyId();
            case AccessKeyRotationRequested requested -> "AccessKeyRotationRequested " + requested.accessKeyId();
            case TokenKeyRotationRequested requested -> "TokenKeyRotationRequested";
        };
    }
}

package io.countersign.rotate;

import io.countersign.json.JsonText;
import io.countersign.rotate.sessions.RevocationRefusal;
import java.util.List;
import java.util.Optional;

/** The answer to an event. */
public sealed interface EventAnswer {
    /**
     * The event was carried out; there may have been nothing to do.
     *
     * @param facts in the order in which they happened
     */
    record Done(List<Fact> facts) implements EventAnswer {
        public Done {
            facts = List.copyOf(facts);
        }
    }

    /** The event cannot be carried out, and sending it again does not help. */
    record Refused(Refusal refusal) implements EventAnswer {}

    /** Formats the answer of {@code /events}. */
    static String json(IncomingEvent event, Done done) {
        return JsonText.object(json -> json.put("id", event.id())
                .objects(
                        "done",
                        done.facts(),
                        (one, fact) -> one.put("event", fact.type().text()).put("subject", fact.subject())));
    }

    /** The reasons for which an event cannot be carried out. */
    public enum Refusal {
        NO_SUCH_ACCESS_KEY(
                404,
                "NoSuchAccessKey",
                "The access key is not in the registry",
                "Name an access key id that is in the registry; a deleted key needs no action."),
        NO_SUCH_PROVIDER(RevocationRefusal.Code.NO_SUCH_PROVIDER),
        AMBIGUOUS_PROVIDER(RevocationRefusal.Code.AMBIGUOUS_PROVIDER),
        ROTATION_IN_PROGRESS(
                409,
                "RotationInProgress",
                "A key is being rotated",
                "Wait until the older key has been deactivated, then send a new event."),
        ACCESS_KEY_NOT_ACTIVE(
                409,
                "AccessKeyNotActive",
                "The access key is not Active",
                "Name a key that is Active; this one signs nothing."),
        ROTATION_FAILED(
                409,
                "RotationFailed",
                "No new key could be created",
                "The event RotationFailed and the audit record give the reason; remove it, then send a new event."),
        EVENT_ID_REUSED(
                409,
                "EventIdReused",
                "Another event had this id",
                "Give each event its own id; another event used this one within the last day.");

        private final int status;
        private final String code;
        private final String title;
        private final String advice;

        Refusal(int status, String code, String title, String advice) {
            this.status = status;
            this.code = code;
            this.title = title;
            this.advice = advice;
        }

        Refusal(RevocationRefusal.Code code) {
            this(code.status(), code.text(), code.title(), code.advice());
        }

        public int status() {
            return status;
        }

        public String code() {
            return code;
        }

        public String title() {
            return title;
        }

        public String advice() {
            return advice;
        }

        static Optional<Refusal> of(String code) {
            for (Refusal refusal : values()) {
                if (refusal.code.equals(code)) {
                    return Optional.of(refusal);
                }
            }
            return Optional.empty();
        }
    }
}

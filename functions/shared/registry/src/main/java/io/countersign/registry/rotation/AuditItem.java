package io.countersign.registry.rotation;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Write;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * The stored form of a decision: in a partition for its month, ordered by time, written in the transaction that
 * carries the decision out. It is kept for good.
 */
public final class AuditItem {
    private AuditItem() {}

    public static ItemKey key(AuditRecord record) {
        return new ItemKey(
                partition(YearMonth.from(record.at().atOffset(ZoneOffset.UTC))),
                Moment.text(record.at()) + "/" + record.what() + "/" + record.subject());
    }

    /** Returns the write of a record, for the transaction that carries the decision out. */
    public static Write write(AuditRecord record) {
        return Write.put(key(record), text(record), Condition.anything());
    }

    /** The partition that lists the decisions of a month in UTC. */
    public static String partition(YearMonth month) {
        return "audit/" + month;
    }

    public static String text(AuditRecord record) {
        return JsonText.object(json -> json.put("at", record.at().toString())
                .put("what", record.what())
                .put("subject", record.subject())
                .put("why", record.why())
                .put("eventId", record.eventId()));
    }

    /** @throws InvalidDocumentException when this version of Countersign cannot read the payload as an audit record */
    public static AuditRecord read(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        AuditRecord record = new AuditRecord(
                instant(members),
                members.string("what"),
                members.string("subject"),
                members.string("why"),
                members.string("eventId"));
        members.done();
        return record;
    }

    private static Instant instant(Members members) throws InvalidDocumentException {
        try {
            return Instant.parse(members.string("at"));
        } catch (DateTimeException e) {
            throw new InvalidDocumentException(members.at(), "expected a moment in UTC");
        }
    }

    /**
     * A decision about keys or sessions, or a change that an operator made.
     *
     * @param what the type of the event that reports it, such as {@code AccessKeyRetiring}; for a change its kind,
     *     such as {@code ManifestApplied}
     * @param subject the access key, token key, owner or record concerned
     * @param why a sentence; never a secret
     * @param eventId the incoming event that led to it, or the command
     */
    public record AuditRecord(Instant at, String what, String subject, String why, String eventId) {}

    /** Formats moments as parts of sort keys: their order as texts is their order in time. */
    static final class Moment {
        private Moment() {}

        /** Milliseconds since 1970 in 15 digits, which last until the year 33658. */
        static String text(Instant moment) {
            return "%015d".formatted(Math.max(0, moment.toEpochMilli()));
        }
    }
}

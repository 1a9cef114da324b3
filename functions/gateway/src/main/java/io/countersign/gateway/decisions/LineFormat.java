package io.countersign.gateway.decisions;

import io.countersign.json.AsciiObjects;
import io.countersign.signing.SignatureVersion;
import java.io.OutputStream;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Formats entries as JSON in ASCII, without a line end. For one thread. */
final class LineFormat {
    private static final Set<Member> BEFORE_OUTCOME = EnumSet.of(Member.REQUEST_ID, Member.FACE);
    private static final Set<Member> AFTER_OUTCOME = EnumSet.range(Member.PRINCIPAL, Member.MICROS);

    private static final AsciiObjects.Name FIRST = new AsciiObjects.Name("first");
    private static final AsciiObjects.Name LAST = new AsciiObjects.Name("last");

    private final AsciiObjects json;
    private final LineTime times = new LineTime();

    /** @param out a buffer in memory, which {@link #write} has filled when it returns */
    LineFormat(OutputStream out) {
        this.json = new AsciiObjects(out);
    }

    /** @param position the line before */
    void write(ChainPosition position, LogEntry entry) {
        json.begin();
        json.put(Member.SEQ.named(), position.seq() + 1);
        switch (entry) {
            case LogEntry.Decided decided -> json.members(decided.members()::writeTo);
            case LogEntry.Lost lost -> {
                note(lost.at(), "lost");
                json.put(Member.LOST.named(), lost.count());
            }
            case LogEntry.Torn torn -> {
                note(torn.at(), "torn");
                json.put(Member.TORN.named(), torn.text());
            }
            case LogEntry.Usage usage -> usage(usage);
        }
        json.put(Member.PREVIOUS.named(), position.hash());
        json.end();
    }

    /** The member {@code usage} has the first and the last time, and an object of clients for each version. */
    private void usage(LogEntry.Usage usage) {
        json.put(Member.AT.named(), times.of(usage.at()));
        nothing(BEFORE_OUTCOME);
        json.put(Member.OUTCOME.named(), "usage");
        json.put(Member.PRINCIPAL.named(), usage.principal());
        nothing(EnumSet.of(Member.SUBJECT, Member.SESSION_ID));
        json.put(Member.ACCESS_KEY_ID.named(), usage.accessKeyId());
        nothing(EnumSet.range(Member.SIGNATURE_VERSION, Member.MICROS));
        json.begin(Member.USAGE.named());
        json.put(FIRST, times.of(usage.first()));
        json.put(LAST, times.of(usage.last()));
        for (SignatureVersion version : SignatureVersion.values()) {
            Map<String, Long> families = usage.counts().getOrDefault(version.name(), Map.of());
            if (!families.isEmpty()) {
                json.begin(new AsciiObjects.Name(version.name()));
                new TreeMap<>(families).forEach((family, count) -> json.put(new AsciiObjects.Name(family), count));
                json.end();
            }
        }
        json.end();
    }

    private void note(Instant at, String outcome) {
        json.put(Member.AT.named(), times.of(at));
        nothing(BEFORE_OUTCOME);
        json.put(Member.OUTCOME.named(), outcome);
        nothing(AFTER_OUTCOME);
    }

    private void nothing(Set<Member> members) {
        for (Member member : members) {
            json.putNull(member.named());
        }
    }
}

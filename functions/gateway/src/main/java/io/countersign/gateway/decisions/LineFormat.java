package io.countersign.gateway.decisions;

import io.countersign.json.AsciiObjects;
import io.countersign.signing.SignatureVersion;
import java.io.OutputStream;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Formats entries as JSON in ASCII, without a line end. For one thread. */
final class LineFormat {
    /** Always three digits of a second, so that lines sort as texts. */
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static final Set<Member> BEFORE_OUTCOME = EnumSet.of(Member.REQUEST_ID, Member.FACE);
    private static final Set<Member> AFTER_OUTCOME = EnumSet.range(Member.PRINCIPAL, Member.MICROS);

    private static final AsciiObjects.Name FIRST = new AsciiObjects.Name("first");
    private static final AsciiObjects.Name LAST = new AsciiObjects.Name("last");

    private final AsciiObjects json;
    private long lastMillis = Long.MIN_VALUE;
    private String lastTime = "";

    /** @param out a buffer in memory, which {@link #write} has filled when it returns */
    LineFormat(OutputStream out) {
        this.json = new AsciiObjects(out);
    }

    /** @param position the line before */
    void write(ChainPosition position, LogEntry entry) {
        json.begin();
        json.put(Member.SEQ.named(), position.seq() + 1);
        json.put(Member.AT.named(), time(entry.at()));
        switch (entry) {
            case LogEntry.Decided decided -> decision(decided);
            case LogEntry.Lost lost -> {
                note("lost");
                json.put(Member.LOST.named(), lost.count());
            }
            case LogEntry.Torn torn -> {
                note("torn");
                json.put(Member.TORN.named(), torn.text());
            }
            case LogEntry.Usage usage -> usage(usage);
        }
        json.put(Member.PREVIOUS.named(), position.hash());
        json.end();
    }

    private void decision(LogEntry.Decided decided) {
        json.put(Member.REQUEST_ID.named(), decided.requestId());
        json.put(Member.FACE.named(), decided.face());
        json.put(Member.OUTCOME.named(), decided.outcome());
        json.put(Member.PRINCIPAL.named(), decided.principal());
        json.put(Member.SUBJECT.named(), decided.subject());
        json.put(Member.SESSION_ID.named(), decided.sessionId());
        json.put(Member.ACCESS_KEY_ID.named(), decided.accessKeyId());
        json.put(Member.SIGNATURE_VERSION.named(), decided.signatureVersion());
        json.put(Member.USER_AGENT_FAMILY.named(), decided.userAgentFamily().text());
        json.put(Member.ACTION.named(), decided.action());
        json.put(Member.RESOURCE.named(), decided.resource());
        json.put(Member.SOURCE_IP.named(), decided.sourceIp());
        json.put(Member.CODE.named(), decided.code());
        json.put(Member.EC.named(), decided.ec());
        json.put(Member.DECIDED_BY.named(), decided.decidedBy());
        json.put(Member.MICROS.named(), decided.micros());
    }

    /** The member {@code usage} has the first and the last time, and an object of clients for each version. */
    private void usage(LogEntry.Usage usage) {
        nothing(BEFORE_OUTCOME);
        json.put(Member.OUTCOME.named(), "usage");
        json.put(Member.PRINCIPAL.named(), usage.principal());
        nothing(EnumSet.of(Member.SUBJECT, Member.SESSION_ID));
        json.put(Member.ACCESS_KEY_ID.named(), usage.accessKeyId());
        nothing(EnumSet.range(Member.SIGNATURE_VERSION, Member.MICROS));
        json.begin(Member.USAGE.named());
        json.put(FIRST, time(usage.first()));
        json.put(LAST, time(usage.last()));
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

    private void note(String outcome) {
        nothing(BEFORE_OUTCOME);
        json.put(Member.OUTCOME.named(), outcome);
        nothing(AFTER_OUTCOME);
    }

    private void nothing(Set<Member> members) {
        for (Member member : members) {
            json.putNull(member.named());
        }
    }

    private String time(Instant at) {
        long millis = at.toEpochMilli();
        if (millis != lastMillis) {
            lastMillis = millis;
            lastTime = MILLIS.format(at);
        }
        return lastTime;
    }
}

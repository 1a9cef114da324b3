package io.countersign.gateway.decisions;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Formats entries as JSON, without a line end. A line is ASCII: all other characters and all control characters are escaped, so that no text in a line can end it or move the cursor of a terminal. Half of a surrogate pair
 * becomes U+FFFD, because strict readers refuse it. For one thread.
 */
final class LineFormat {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int LAST_PLAIN = 0x7E;
    private static final char REPLACEMENT = '\uFFFD';

    /** Always three digits of a second, so that lines sort as texts. */
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static final Set<Member> BEFORE_OUTCOME = EnumSet.of(Member.REQUEST_ID, Member.FACE);
    private static final Set<Member> AFTER_OUTCOME = EnumSet.range(Member.PRINCIPAL, Member.MICROS);

    private final JsonGenerator json;
    private long lastMillis = Long.MIN_VALUE;
    private String lastTime = "";

    /** @param out a buffer in memory, which {@link #write} has filled when it returns */
    LineFormat(OutputStream out) {
        try {
            json = FACTORY.createGenerator(out, JsonEncoding.UTF8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        json.setHighestNonEscapedChar(LAST_PLAIN);
        json.setRootValueSeparator(new SerializedString(""));
    }

    /** @param position the line before */
    void write(ChainPosition position, LogEntry entry) {
        try {
            json.writeStartObject();
            json.writeFieldName(Member.SEQ.serialized());
            json.writeNumber(position.seq() + 1);
            text(Member.AT, time(entry.at()));
            switch (entry) {
                case LogEntry.Decided decided -> decision(decided);
                case LogEntry.Lost lost -> {
                    note("lost");
                    json.writeFieldName(Member.LOST.serialized());
                    json.writeNumber(lost.count());
                }
                case LogEntry.Torn torn -> {
                    note("torn");
                    text(Member.TORN, torn.text());
                }
            }
            text(Member.PREVIOUS, position.hash());
            json.writeEndObject();
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void decision(LogEntry.Decided decided) throws IOException {
        text(Member.REQUEST_ID, decided.requestId());
        text(Member.FACE, decided.face());
        text(Member.OUTCOME, decided.outcome());
        text(Member.PRINCIPAL, decided.principal());
        text(Member.SUBJECT, decided.subject());
        text(Member.SESSION_ID, decided.sessionId());
        text(Member.ACCESS_KEY_ID, decided.accessKeyId());
        text(Member.SIGNATURE_VERSION, decided.signatureVersion());
        text(Member.USER_AGENT_FAMILY, decided.userAgentFamily().text());
        text(Member.ACTION, decided.action());
        text(Member.RESOURCE, decided.resource());
        text(Member.SOURCE_IP, decided.sourceIp());
        text(Member.CODE, decided.code());
        text(Member.EC, decided.ec());
        text(Member.DECIDED_BY, decided.decidedBy());
        json.writeFieldName(Member.MICROS.serialized());
        json.writeNumber(decided.micros());
    }

    private void note(String outcome) throws IOException {
        nothing(BEFORE_OUTCOME);
        text(Member.OUTCOME, outcome);
        nothing(AFTER_OUTCOME);
    }

    private void nothing(Set<Member> members) throws IOException {
        for (Member member : members) {
            json.writeFieldName(member.serialized());
            json.writeNull();
        }
    }

    private void text(Member member, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            text(member, value.get());
        } else {
            json.writeFieldName(member.serialized());
            json.writeNull();
        }
    }

    private void text(Member member, String value) throws IOException {
        json.writeFieldName(member.serialized());
        json.writeString(paired(value));
    }

    private String time(Instant at) {
        long millis = at.toEpochMilli();
        if (millis != lastMillis) {
            lastMillis = millis;
            lastTime = MILLIS.format(at);
        }
        return lastTime;
    }

    private static String paired(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        StringBuilder all = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? REPLACEMENT : c)
                .forEach(all::appendCodePoint);
        return all.toString();
    }
}

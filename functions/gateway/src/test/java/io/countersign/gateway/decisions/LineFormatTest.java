package io.countersign.gateway.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Value.NullValue;
import io.countersign.json.Value.ObjectValue;
import io.countersign.json.Value.StringValue;
import io.countersign.json.Values;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineFormatTest {
    private static final List<String> MEMBERS = List.of(
            "seq",
            "at",
            "requestId",
            "face",
            "outcome",
            "principal",
            "subject",
            "sessionId",
            "accessKeyId",
            "signatureVersion",
            "userAgentFamily",
            "action",
            "resource",
            "sourceIp",
            "code",
            "ec",
            "decidedBy",
            "micros",
            "previous");

    private static String line(LoggedDecision decision) {
        return line(LogEntry.Decided.of(decision));
    }

    private static String line(LogEntry entry) {
        LineBatch batch = new LineBatch();
        batch.begin(ChainPosition.START);
        batch.add(entry);
        return new String(batch.bytes(), 0, batch.end(1), StandardCharsets.US_ASCII);
    }

    private static Map<String, Value> members(String line) throws InvalidDocumentException {
        return ((ObjectValue) Values.parse(line)).members();
    }

    @Test
    void aDecisionIsOneLine() {
        assertThat(line(Samples.refusal(7)))
                .isEqualTo(
                        "{\"seq\":1,\"at\":\"2026-11-29T03:00:00.500Z\",\"requestId\":\"R7\",\"face\":\"/verify\",\"outcome\":\"refused\","
                                + "\"principal\":\"acs:ram::1234567890123456:user/app\",\"subject\":null,\"sessionId\":null,"
                                + "\"accessKeyId\":\"LTAI5tExampleKey\",\"signatureVersion\":\"V4\",\"userAgentFamily\":\"curl\","
                                + "\"action\":\"oss:GetObject\",\"resource\":\"acs:oss:*:1234567890123456:photos/k7\","
                                + "\"sourceIp\":\"203.0.113.7\",\"code\":\"AccessDenied\",\"ec\":\"0003-00000001\","
                                + "\"decidedBy\":\"bucket-acl private\",\"micros\":123,\"previous\":\"" + "0".repeat(64)
                                + "\"}\n");
    }

    @Test
    void everyLineHasAllMembersInTheirOrder() throws Exception {
        assertThat(members(line(Samples.refusal(1))).keySet()).containsExactlyElementsOf(MEMBERS);
        Map<String, Value> bare = members(line(Samples.bare("R")));
        assertThat(bare.keySet()).containsExactlyElementsOf(MEMBERS);
        assertThat(bare.get("principal")).isInstanceOf(NullValue.class);
        assertThat(bare.get("decidedBy")).isInstanceOf(NullValue.class);
    }

    @Test
    void aNoteHasOneMemberMore() throws Exception {
        for (var note : Map.of(
                        "lost", new LogEntry.Lost(Samples.NOW, 12),
                        "torn", new LogEntry.Torn(Samples.NOW, "{\"seq\":3,\"at\":\"20"))
                .entrySet()) {
            Map<String, Value> members = members(line(note.getValue()));
            List<String> expected = new ArrayList<>(MEMBERS);
            expected.add(MEMBERS.indexOf("previous"), note.getKey());
            assertThat(members.keySet()).containsExactlyElementsOf(expected);
            assertThat(members.get("outcome"))
                    .isInstanceOfSatisfying(
                            StringValue.class, text -> assertThat(text.text()).isEqualTo(note.getKey()));
            assertThat(members.get("face")).isInstanceOf(NullValue.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nb",
                "a\r\n{\"seq\":1}",
                "quote \" and \\ backslash",
                "\u0000\u0001\u001b[2J\u007f\u0085",
                "\u2028\u2029\u202e\ufeff",
                "\u65e5\u672c\u8a9e \ud83c\udf89",
                "<script>&amp;</script>"
            })
    void hostileTextStaysWithinItsMember(String text) throws Exception {
        String line = line(Samples.refusal(text, text));
        assertThat(line.chars().filter(c -> c < ' ' || c > '\u007f').toArray()).containsExactly('\n');
        assertThat(line).endsWith("}\n");
        Map<String, Value> members = members(line);
        assertThat(members.keySet()).containsExactlyElementsOf(MEMBERS);
        assertThat(members.get("resource"))
                .isInstanceOfSatisfying(
                        StringValue.class, read -> assertThat(read.text()).isEqualTo(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\ud800b", "\udc00", "\udc00\ud800", "\ud83c\udf89\ud83c"})
    void halfAPairIsReplaced(String text) throws Exception {
        assertThat(members(line(Samples.refusal("R", text))).get("resource"))
                .isInstanceOfSatisfying(
                        StringValue.class,
                        read -> assertThat(read.text()).hasSize(text.length()).contains("\ufffd"));
    }

    @Test
    void aLongTextIsCutAndTheLongestKeyIsNot() throws Exception {
        String longest = "acs:oss:*:1234567890123456:" + "b".repeat(63) + "/" + "k".repeat(1023);
        assertThat(line(Samples.refusal("R", longest))).contains(longest);
        String cut = line(Samples.refusal("r".repeat(600), "x".repeat(100_000)));
        assertThat(cut)
                .contains("\"" + "r".repeat(512) + "...(88 more)\"", "\"" + "x".repeat(1200) + "...(98800 more)\"")
                .hasSizeLessThan(3_000);
        String worst = line(new LogEntry.Torn(Samples.NOW, "\u0001".repeat(1 << 20)));
        assertThat(worst).hasSizeLessThan(LogTail.LONGEST_LINE);
        assertThat(Samples.check(worst).problems()).isEmpty();
    }
}

package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Values;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what came back on a connection, and judges it: whole answers, documented statuses, and nothing allowed but what was signed. */
final class WireAnswers {
    private static final Set<Integer> DOCUMENTED =
            Set.of(100, 200, 400, 401, 403, 404, 405, 408, 413, 414, 415, 421, 431, 503, 505);
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3}) [A-Za-z ,-]+");
    private static final Pattern LENGTH = Pattern.compile("(?m)^content-length: ([0-9]+)$");
    private static final Pattern SIGNATURE = Pattern.compile("x-oss-signature=([0-9A-Za-z]*)");

    /** @param headers lower-cased names, a line each */
    record Answer(int status, String headers, String body) {
        boolean allows() {
            return status == 200 && (headers.contains("\nx-countersign-") || body.startsWith("{\"allowed\":true"));
        }
    }

    private WireAnswers() {}

    /**
     * Every answer on a connection, each after its checks.
     *
     * @param sent what they answer
     */
    static List<Answer> judged(String received, byte[] sent) {
        List<Answer> answers = new ArrayList<>();
        int at = 0;
        while (at < received.length()) {
            int end = received.indexOf("\r\n\r\n", at);
            assertThat(end).as("a whole head").isPositive();
            String[] lines = received.substring(at, end).split("\r\n", 2);
            Matcher status = STATUS.matcher(lines[0]);
            assertThat(status.matches()).as(lines[0]).isTrue();
            String headers = lines.length == 1 ? "\n" : "\n" + lowerNames(lines[1]) + "\n";
            Matcher length = LENGTH.matcher(headers);
            int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
            at = end + 4;
            // A HEAD's answer has the length of a body that does not come.
            boolean comes = at + body <= received.length() && !received.startsWith("HTTP/1.", at);
            assertThat(comes || at == received.length() || received.startsWith("HTTP/1.", at))
                    .as("a whole body")
                    .isTrue();
            Answer answer = new Answer(
                    Integer.parseInt(status.group(1)), headers, comes ? received.substring(at, at + body) : "");
            at += answer.body().length();
            judge(answer, new String(sent, StandardCharsets.ISO_8859_1));
            answers.add(answer);
        }
        return answers;
    }

    private static String lowerNames(String lines) {
        StringBuilder lowered = new StringBuilder();
        for (String line : lines.split("\r\n")) {
            int colon = line.indexOf(':');
            assertThat(colon).as(line).isPositive();
            lowered.append(line.substring(0, colon).toLowerCase(Locale.ROOT))
                    .append(line.substring(colon))
                    .append('\n');
        }
        return lowered.toString().strip();
    }

    private static void judge(Answer answer, String sent) {
        assertThat(answer.status()).as(answer.toString()).isIn(DOCUMENTED);
        assertThat(answer.toString()).doesNotContain(HostileGateway.SECRET).doesNotContain("Exception");
        if (answer.status() == 100) {
            return;
        }
        assertThat(answer.headers()).contains("\nx-request-id: ", "\ndate: ", "\ncache-control: no-store\n");
        if (answer.status() == 200) {
            judgeGranted(answer, sent);
        } else if (answer.headers().contains("\nx-countersign-status: ")) {
            assertThat(answer.status()).isIn(403, 503);
            assertThat(answer.headers()).doesNotContain("\nx-countersign-principal");
        } else if (answer.headers().contains("\ncontent-type: application/problem+json\n")) {
            if (!answer.body().isEmpty()) {
                problem(answer);
            }
        } else {
            assertThat(answer.headers()).as("an answer of STS").containsPattern("\ncontent-type: [a-z]+/(json|xml)");
        }
    }

    private static void problem(Answer answer) {
        try {
            Members problem = Members.of(Values.parse(answer.body()));
            assertThat(problem.string("code")).matches("[A-Za-z0-9]+");
            assertThat(Members.integer(problem.required("status"), 0, 999)).isEqualTo(answer.status());
        } catch (InvalidDocumentException e) {
            throw new AssertionError(answer.toString(), e);
        }
    }

    /** Only what the one presigned URL is good for may have passed, in its signer's name; nothing is public, and no token is good. */
    private static void judgeGranted(Answer answer, String sent) {
        if (answer.headers().contains("\nx-countersign-")) {
            assertThat(answer.headers())
                    .contains(
                            "user%2Fapp\n", "\nx-countersign-action: oss%3AGetObject\n", "private-bucket%2Fteam%2Fa\n");
        } else if (answer.body().startsWith("{\"allowed\":true")) {
            assertThat(answer.body()).contains(HostileGateway.allowedFacts());
        } else {
            assertThat(answer.body())
                    .as("nothing is signed and nobody is let in here")
                    .doesNotContain("\"url\"")
                    .doesNotContain("AccessKeySecret")
                    .doesNotContain("AssumedRole");
            madeNoSignature(answer, sent);
        }
    }

    /** However the sender spelled it. */
    private static String unescaped(String sent) {
        return Pattern.compile("%([0-9A-Fa-f]{2})")
                .matcher(sent)
                .replaceAll(hex -> Matcher.quoteReplacement("" + (char) Integer.parseInt(hex.group(1), 16)));
    }

    /** A decision names the resource, and a key may hold anything: even a signature, but then the one that was sent. */
    private static void madeNoSignature(Answer answer, String sent) {
        SIGNATURE
                .matcher(answer.body())
                .results()
                .forEach(found -> assertThat(unescaped(sent)).contains(found.group(1)));
    }
}

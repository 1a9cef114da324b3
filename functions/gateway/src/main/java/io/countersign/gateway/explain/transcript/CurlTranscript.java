package io.countersign.gateway.explain.transcript;

import io.countersign.oss.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the output of {@code curl -v}: request lines begin with {@code > }, lines of the answer with {@code < }, remarks with {@code * }. A head ends with a line that has only the mark. Of several requests (redirects)
 * the last counts.
 */
final class CurlTranscript {
    private static final Pattern REQUEST = Pattern.compile("> ([A-Za-z]{1,16}) (\\S+) HTTP/[0-9.]+");
    private static final Pattern STATUS = Pattern.compile("< HTTP/[0-9.]+ ([0-9]{3})(?: .*)?");
    private static final Pattern HEADER = Pattern.compile("[<>] ([^\\s:]+): ?(.*)");
    private static final int CONTINUE = 100;

    private String method = "";
    private String target = "";
    private boolean inHead;
    private boolean secure;
    private int status;
    private final List<Headers.HeaderField> sent = new ArrayList<>();
    private final List<Headers.HeaderField> answered = new ArrayList<>();
    private final StringBuilder body = new StringBuilder();

    private CurlTranscript() {}

    /** Empty when the text contains neither a request nor an error. */
    static Optional<Transcript.Pasted> parse(String text) {
        CurlTranscript transcript = new CurlTranscript();
        ProgressMeter.without(text).lines().forEach(transcript::line);
        return transcript.pasted();
    }

    private void line(String line) {
        Matcher request = REQUEST.matcher(line);
        Matcher answer = STATUS.matcher(line);
        if (request.matches()) {
            begin(request);
        } else if (answer.matches()) {
            status = Integer.parseInt(answer.group(1));
            answered.clear();
            body.setLength(0);
            inHead = true;
        } else if (isEnd(line)) {
            inHead = false;
        } else if (line.startsWith("> ") && status == 0 && inHead) {
            header(line, sent);
        } else if (line.startsWith("< ") && inHead) {
            header(line, answered);
        } else if (line.startsWith("* ")) {
            secure |= line.startsWith("* SSL connection using");
        } else if (status > CONTINUE && !inHead && !line.startsWith("{ [") && !line.startsWith("} [")) {
            body.append(line).append('\n');
        }
    }

    private static boolean isEnd(String line) {
        return (line.startsWith(">") || line.startsWith("<"))
                && line.substring(1).isBlank();
    }

    private void begin(Matcher request) {
        method = request.group(1);
        target = request.group(2);
        status = 0;
        inHead = true;
        sent.clear();
        answered.clear();
        body.setLength(0);
    }

    private static void header(String line, List<Headers.HeaderField> headers) {
        Matcher header = HEADER.matcher(line);
        if (header.matches()) {
            headers.add(new Headers.HeaderField(header.group(1), header.group(2)));
        }
    }

    private Optional<Transcript.Pasted> pasted() {
        Optional<Exchange.Answer> answer = status > CONTINUE
                ? Optional.of(new Exchange.Answer(OptionalInt.of(status), new Headers(answered), body.toString()))
                : Optional.empty();
        if (method.isEmpty()) {
            return answer.filter(Exchange.Answer::failed).map(Transcript.Pasted.class::cast);
        }
        return Optional.of(new Exchange(
                method,
                target,
                new Headers(sent),
                secure ? Optional.of(true) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                answer));
    }

    /** Removes curl's progress meter. Where standard output and standard error go to one file, it appears before lines of the transcript and inside of the body. */
    static final class ProgressMeter {
        private static final String SIZE = " {1,12}[0-9.]{1,8}[kMGTP]?";
        private static final String PERCENT = " {1,12}[0-9]{1,3}";
        private static final String TIME = " {1,12}(?:--:--:--|[0-9]{1,3}:[0-9]{2}:[0-9]{2}|[0-9]{1,4}d [0-9]{2}h)";
        /** Three percentages with sizes, two speeds, three times, a speed. Browsers turn its carriage return into a line feed. */
        private static final String METER =
                "[\r\n] {0,3}[0-9]{1,3}" + SIZE + (PERCENT + SIZE).repeat(2) + SIZE.repeat(2) + TIME.repeat(3) + SIZE;

        private static final Pattern BEFORE_A_MARK = Pattern.compile("(?:" + METER + ")+(?=[<>*{}] )");
        private static final Pattern ANYWHERE = Pattern.compile(METER);

        private ProgressMeter() {}

        /** The text without the output of {@code 2>&1}. */
        static String without(String text) {
            return ANYWHERE.matcher(BEFORE_A_MARK.matcher(text).replaceAll("\n"))
                    .replaceAll("");
        }
    }
}

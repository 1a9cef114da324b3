package io.countersign.verify.transcript;

import io.countersign.oss.HeaderField;
import io.countersign.oss.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code curl -v} prints: request lines begin with {@code > }, lines of the answer with {@code < }, its own remarks with {@code * }. A head ends with a line of the mark and a blank. Of several requests (redirects)
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
    private final List<HeaderField> sent = new ArrayList<>();
    private final List<HeaderField> answered = new ArrayList<>();
    private final StringBuilder body = new StringBuilder();

    private CurlTranscript() {}

    /** Empty when the text has neither a request nor an answer that refuses. */
    static Optional<Pasted> parse(String text) {
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

    private static void header(String line, List<HeaderField> headers) {
        Matcher header = HEADER.matcher(line);
        if (header.matches()) {
            headers.add(new HeaderField(header.group(1), header.group(2)));
        }
    }

    private Optional<Pasted> pasted() {
        Optional<Answer> answer = status > CONTINUE
                ? Optional.of(new Answer(OptionalInt.of(status), new Headers(answered), body.toString()))
                : Optional.empty();
        if (method.isEmpty()) {
            return answer.filter(Answer::failed).map(Pasted.class::cast);
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
}

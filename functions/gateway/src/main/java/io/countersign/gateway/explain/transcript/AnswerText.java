package io.countersign.gateway.explain.transcript;

import io.countersign.json.Value;
import io.countersign.oss.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an answer without its request: its head and body as {@code curl -i} prints them, only an error document, or the text of a client's exception. */
final class AnswerText {
    private static final Pattern STATUS = Pattern.compile("HTTP/[0-9.]{1,3} ([0-9]{3})(?: .*)?");
    private static final Pattern HEADER = Pattern.compile("([^\\s:]{1,128}): ?(.*)");
    private static final Set<String> OF_ERRORS = Set.of("Code", "StatusCode", "Credentials", "SecurityToken");

    private AnswerText() {}

    /** Empty when the text is not an error. */
    static Optional<Exchange.Answer> parse(String text) {
        Optional<Exchange.Answer> withHead = head(text);
        return (withHead.isPresent() ? withHead : Optional.of(Exchange.Answer.ofText(text)))
                .filter(Exchange.Answer::failed);
    }

    /** Reads JSON; empty when its members are not those of an error. */
    static Optional<Exchange.Answer> parse(Value document, String text) {
        if (!(document instanceof Value.ObjectValue object)) {
            return Optional.empty();
        }
        if (object.members().keySet().stream().anyMatch(OF_ERRORS::contains)) {
            return Optional.of(Exchange.Answer.ofText(text));
        }
        // An exception that a client wrote as JSON.
        return object.members().containsKey("code")
                ? Optional.of(Exchange.Answer.ofText(text)).filter(Exchange.Answer::failed)
                : Optional.empty();
    }

    /** Of several heads (of a proxy, 100 Continue, redirects) the last counts. */
    private static Optional<Exchange.Answer> head(String text) {
        List<String> lines = text.strip().lines().toList();
        Optional<Exchange.Answer> last = Optional.empty();
        for (int i = 0; i < lines.size() && STATUS.matcher(lines.get(i)).matches(); ) {
            Matcher status = STATUS.matcher(lines.get(i));
            status.matches();
            List<Headers.HeaderField> fields = new ArrayList<>();
            int at = i + 1;
            while (at < lines.size() && !lines.get(at).isBlank()) {
                Matcher header = HEADER.matcher(lines.get(at++));
                if (header.matches()) {
                    fields.add(new Headers.HeaderField(header.group(1), header.group(2)));
                }
            }
            i = Math.min(at + 1, lines.size());
            last = Optional.of(new Exchange.Answer(
                    OptionalInt.of(Integer.parseInt(status.group(1))),
                    new Headers(fields),
                    String.join("\n", lines.subList(i, lines.size()))));
        }
        return last;
    }
}

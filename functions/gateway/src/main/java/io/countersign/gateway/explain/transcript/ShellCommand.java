package io.countersign.gateway.explain.transcript;

import io.countersign.oss.Headers;
import io.countersign.verify.decide.SubmittedForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the command of curl or wget that made a request: its method, URL, headers and form, and the answer, if the output follows the command. */
final class ShellCommand {
    /** After a prompt. */
    private static final Pattern BEGIN =
            Pattern.compile("(?:[^\\n'\"]{0,80}[$#%>] {1,4})?(?:sudo )?(curl|wget)(?:\\.exe)?\\s");
    /** The letters of the options with a value; all others are flags. */
    private static final String CURL_LETTERS = "AbcCdDeEFHKmoPQrtTuUwxXyYz";

    private static final String WGET_LETTERS = "aBDeiIlOoPQRtTUwX";
    private static final Set<String> LONG = Set.of("""
            body-data cacert cert connect-timeout connect-to cookie cookie-jar data data-ascii data-binary data-raw \
            data-urlencode dump-header form form-string header interface key limit-rate max-time method output \
            output-document post-data proxy range referer request resolve retry upload-file url user user-agent \
            write-out""".split(" "));
    private static final String FORM_TYPE = "application/x-www-form-urlencoded";

    private final boolean curl;
    private String url = "";
    private String method = "";
    private String implied = "GET";
    private boolean fileSeen;
    private final List<Headers.HeaderField> headers = new ArrayList<>();
    private final List<String> data = new ArrayList<>();
    private final List<SubmittedForm.Field> fields = new ArrayList<>();

    private ShellCommand(boolean curl) {
        this.curl = curl;
    }

    /** Empty when the text does not begin with such a command, or the command has no URL. */
    static Optional<Exchange> parse(String text) {
        Matcher begin = BEGIN.matcher(text);
        if (!begin.lookingAt()) {
            return Optional.empty();
        }
        ShellWords words = ShellWords.of(text.substring(begin.end()));
        ShellCommand command = new ShellCommand(begin.group(1).equals("curl"));
        command.read(words.words());
        return command.url.isEmpty() ? Optional.empty() : Optional.of(command.exchange(words.rest()));
    }

    private void read(List<String> words) {
        for (int i = 0; i < words.size(); ) {
            String word = words.get(i++);
            String value = i < words.size() ? words.get(i) : "";
            boolean used = false;
            if (word.startsWith("--")) {
                int equals = word.indexOf('=');
                String name = word.substring(2, equals < 0 ? word.length() : equals);
                used = equals < 0 && LONG.contains(name);
                option(name, equals < 0 ? value : word.substring(equals + 1));
            } else if (word.startsWith("-")) {
                used = letters(word, value);
            } else if (url.isEmpty() && isUrl(word)) {
                url = word;
            }
            i += used ? 1 : 0;
        }
    }

    /** Whether the next word is the value of the last letter. */
    private boolean letters(String word, String next) {
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i);
            boolean takes = (curl ? CURL_LETTERS : WGET_LETTERS).indexOf(letter) >= 0;
            boolean last = i + 1 == word.length();
            if (curl) {
                option(name(letter), last ? next : word.substring(i + 1));
            }
            if (takes) {
                return last;
            }
        }
        return false;
    }

    /** Without a verb before it. */
    private static boolean isUrl(String word) {
        return word.indexOf(' ') < 0 && Transcript.isUrl(word);
    }

    private static String name(char letter) {
        return switch (letter) {
            case 'A' -> "user-agent";
            case 'F' -> "form";
            case 'H' -> "header";
            case 'I' -> "head";
            case 'T' -> "upload-file";
            case 'X' -> "request";
            case 'd' -> "data";
            case 'e' -> "referer";
            default -> "";
        };
    }

    private void option(String name, String value) {
        switch (name) {
            case "request", "method" -> method = value;
            case "head" -> implied = "HEAD";
            case "upload-file" -> implied = "PUT";
            case "url" -> url = isUrl(value) ? value : url;
            case "header" -> header(value);
            case "user-agent", "referer" -> headers.add(new Headers.HeaderField(name, value));
            case "data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "post-data" -> {
                implied = "POST";
                data.add(value);
            }
            case "form", "form-string" -> field(value);
            default -> {}
        }
    }

    private void header(String line) {
        int colon = line.indexOf(':');
        if (colon > 0) {
            headers.add(new Headers.HeaderField(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
    }

    /** Ignores fields after the file, as OSS does (docs/protocol.md 4). */
    private void field(String text) {
        implied = "POST";
        int equals = text.indexOf('=');
        fileSeen |= equals < 0 || text.startsWith("file=");
        if (!fileSeen) {
            fields.add(new SubmittedForm.Field(text.substring(0, equals), text.substring(equals + 1)));
        }
    }

    private Exchange exchange(String rest) {
        Headers sent = new Headers(headers);
        boolean typed = data.isEmpty() || sent.has("content-type");
        return new Exchange(
                method.isEmpty() ? implied : method,
                url,
                typed ? sent : sent.and("Content-Type", FORM_TYPE),
                Optional.empty(),
                fields.isEmpty() ? Optional.empty() : Optional.of(new SubmittedForm(fields, OptionalLong.empty())),
                data.isEmpty() ? Optional.empty() : Optional.of(String.join("&", data)),
                rest.isBlank() ? Optional.empty() : AnswerText.parse(rest));
    }
}

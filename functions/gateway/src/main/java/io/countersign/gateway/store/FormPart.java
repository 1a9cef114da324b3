package io.countersign.gateway.store;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of one part of a form (RFC 7578 4).
 *
 * @param fileName as its client sent it; empty text where the client has none
 * @param type the Content-Type of the part
 */
record FormPart(String name, Optional<String> fileName, Optional<String> type) {
    static final String FILE = "file";

    private static final Pattern DISPOSITION = Pattern.compile(
            "form-data;[ \\t]*name=\"([^\"\\\\]*)\"(?:;[ \\t]*filename=\"([^\"]*)\")?[ \\t]*",
            Pattern.CASE_INSENSITIVE);

    boolean isFile() {
        return name.equals(FILE);
    }

    /**
     * Reads the lines of a head, without the empty one.
     *
     * @throws OssRefusal MalformedPOSTRequest for what browsers and SDKs do not send
     */
    static FormPart read(String head) throws OssRefusal {
        Optional<String> disposition = Optional.empty();
        Optional<String> type = Optional.empty();
        for (String line : head.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            String name = colon < 1 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            switch (name) {
                case "content-disposition" -> disposition = once(disposition, value);
                case "content-type" -> type = once(type, value);
                case "content-length" -> {}
                case "content-transfer-encoding" -> requirePlain(value);
                default -> throw malformed("A part of the form has a header that forms do not have.");
            }
        }
        Matcher matcher = DISPOSITION.matcher(disposition.orElse(""));
        if (!matcher.matches()) {
            throw malformed("A part of the form does not say its name as form-data; name=\"...\" does.");
        }
        FormPart part = new FormPart(matcher.group(1), Optional.ofNullable(matcher.group(2)), type);
        if (part.name().isEmpty() || (part.fileName().isPresent() && !part.isFile())) {
            throw malformed("A part has no name, or has a file's name and is not the field file.");
        }
        return part;
    }

    private static Optional<String> once(Optional<String> before, String value) throws OssRefusal {
        if (before.isPresent()) {
            throw malformed("A part of the form has a header twice.");
        }
        return Optional.of(value);
    }

    private static void requirePlain(String coding) throws OssRefusal {
        switch (coding.toLowerCase(Locale.ROOT)) {
            case "7bit", "8bit", "binary" -> {}
            default -> throw malformed("A part of the form is encoded; send its bytes.");
        }
    }

    static OssRefusal malformed(String message) {
        return new OssRefusal(OssError.MALFORMED_POST_REQUEST, message);
    }
}

package io.countersign.verify.transcript;

import io.countersign.verify.SubmittedForm;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of a multipart body as browsers show it, up to the file. */
final class MultipartText {
    private static final Pattern NAME =
            Pattern.compile("(?i)content-disposition:[^\\r\\n]*?;\\s*name=\"([^\"]*)\"([^\\r\\n]*)");

    /** Characters of the lines that say what a field is. */
    private static final int MAX_HEAD = 1024;

    private MultipartText() {}

    static List<SubmittedForm.Field> fields(String body) {
        List<SubmittedForm.Field> fields = new ArrayList<>();
        int end = body.indexOf('\n');
        if (end < 0 || !body.startsWith("--")) {
            return fields;
        }
        String boundary = body.substring(0, end).strip();
        for (String part : body.split(Pattern.quote(boundary), -1)) {
            Matcher name = NAME.matcher(part.substring(0, Math.min(part.length(), MAX_HEAD)));
            if (!name.find()) {
                continue;
            }
            if (name.group(2).contains("filename") || name.group(1).equals("file")) {
                return fields;
            }
            fields.add(new SubmittedForm.Field(name.group(1), value(part)));
        }
        return fields;
    }

    /** What follows the empty line, without the line end before the next boundary. */
    private static String value(String part) {
        String text = part.replace("\r\n", "\n");
        int start = text.indexOf("\n\n");
        if (start < 0) {
            return "";
        }
        String value = text.substring(start + 2);
        return value.endsWith("\n") ? value.substring(0, value.length() - 1) : value;
    }
}

package io.countersign.gateway.explain.transcript;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.oss.Headers;
import io.countersign.verify.decide.SubmittedForm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one entry of a HAR file (HTTP Archive 1.2), as browsers copy it. Of a whole file the last failed entry counts. Members that describe neither request nor answer are ignored. */
final class HarEntry {
    private static final int FAILED = 400;
    private static final String AUTHORITY = ":authority";

    private HarEntry() {}

    static Exchange parse(Value document) throws Exchange.InvalidTranscript {
        try {
            return exchange(entry(Members.of(document)));
        } catch (InvalidDocumentException e) {
            throw invalid(e);
        }
    }

    static Exchange.InvalidTranscript invalid(InvalidDocumentException e) {
        return new Exchange.InvalidTranscript("This is no HAR entry: " + e.location() + ", line "
                + e.location().line() + ": " + e.problem()
                + "; copy one entry of it, with its members request and response.");
    }

    private static Members entry(Members document) throws InvalidDocumentException {
        if (!document.has("log")) {
            return document;
        }
        List<Value> entries = Members.array(Members.of(document.required("log")).required("entries"));
        if (entries.isEmpty()) {
            throw new InvalidDocumentException(document.at(), "there is no entry in it");
        }
        Value chosen = entries.getLast();
        for (Value entry : entries) {
            if (status(Members.of(entry)) >= FAILED) {
                chosen = entry;
            }
        }
        return Members.of(chosen);
    }

    private static long status(Members entry) throws InvalidDocumentException {
        Optional<Value> response = entry.optional("response");
        return response.isEmpty()
                ? 0
                : Members.of(response.get()).optionalInteger("status", 0, 999).orElse(0);
    }

    private static Exchange exchange(Members entry) throws InvalidDocumentException {
        Members request = Members.of(entry.required("request"));
        Body body = Body.of(request.optional("postData"));
        return new Exchange(
                request.string("method"),
                request.string("url"),
                headers(request),
                Optional.empty(),
                body.form(),
                body.urlEncoded(),
                answer(entry));
    }

    /** HTTP/2 names the host in a pseudo-header; the other pseudo-headers repeat the method and the URL. */
    private static Headers headers(Members message) throws InvalidDocumentException {
        List<Headers.HeaderField> fields = new ArrayList<>();
        for (Value header : message.list("headers")) {
            Members pair = Members.of(header);
            String name = pair.string("name");
            if (name.equals(AUTHORITY)) {
                fields.add(new Headers.HeaderField("host", pair.string("value")));
            } else if (!name.startsWith(":")) {
                fields.add(new Headers.HeaderField(name, pair.string("value")));
            }
        }
        return new Headers(fields);
    }

    private static Optional<Exchange.Answer> answer(Members entry) throws InvalidDocumentException {
        long status = status(entry);
        // Browsers write 0 for a missing answer, and for one that a page may not read.
        if (status == 0) {
            return Optional.empty();
        }
        Members response = Members.of(entry.required("response"));
        Optional<Value> content = response.optional("content");
        return Optional.of(new Exchange.Answer(
                OptionalInt.of((int) status),
                headers(response),
                content.isEmpty() ? "" : text(Members.of(content.get()))));
    }

    private static String text(Members content) throws InvalidDocumentException {
        String text = content.optionalString("text").orElse("");
        if (!content.optionalString("encoding").equals(Optional.of("base64"))) {
            return text;
        }
        try {
            return new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidDocumentException(content.at(), "the text is not the Base64 that encoding says");
        }
    }

    /** Reads the fields of a multipart body as browsers show it, up to the file. */
    static final class MultipartText {
        private static final Pattern NAME =
                Pattern.compile("(?i)content-disposition:[^\\r\\n]*?;\\s*name=\"([^\"]*)\"([^\\r\\n]*)");

        /** The most characters of the header of a field. */
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

        /** The text after the empty line, without the line end before the next boundary. */
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

    /**
     * The body of a HAR entry's request, as far as signatures depend on it.
     *
     * @param form the form of a POST upload
     * @param urlEncoded a URL-encoded form
     */
    record Body(Optional<SubmittedForm> form, Optional<String> urlEncoded) {
        private static final Body NONE = new Body(Optional.empty(), Optional.empty());

        static Body of(Optional<Value> postData) throws InvalidDocumentException {
            if (postData.isEmpty()) {
                return NONE;
            }
            Members data = Members.of(postData.get());
            String type = data.optionalString("mimeType").orElse("").toLowerCase(Locale.ROOT);
            String text = data.optionalString("text").orElse("");
            if (type.startsWith("multipart/form-data")) {
                List<SubmittedForm.Field> fields = fields(data.list("params"));
                return new Body(
                        Optional.of(new SubmittedForm(
                                fields.isEmpty() ? MultipartText.fields(text) : fields, OptionalLong.empty())),
                        Optional.empty());
            }
            return type.startsWith("application/x-www-form-urlencoded")
                    ? new Body(Optional.empty(), Optional.of(text))
                    : NONE;
        }

        /** Reads up to the file: OSS ignores fields after it (docs/protocol.md 4). */
        private static List<SubmittedForm.Field> fields(List<Value> params) throws InvalidDocumentException {
            List<SubmittedForm.Field> fields = new ArrayList<>(params.size());
            for (Value param : params) {
                Members members = Members.of(param);
                String name = members.string("name");
                if (members.has("fileName") || name.equals("file")) {
                    return fields;
                }
                fields.add(new SubmittedForm.Field(
                        name, members.optionalString("value").orElse("")));
            }
            return fields;
        }
    }
}

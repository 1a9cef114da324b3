package io.countersign.verify.transcript;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.oss.HeaderField;
import io.countersign.oss.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One entry of a HAR file (HTTP Archive 1.2), as browsers copy it. Of a whole file the last entry that failed counts. Members that say nothing about request and answer are passed over. */
final class HarEntry {
    private static final int FAILED = 400;
    private static final String AUTHORITY = ":authority";

    private HarEntry() {}

    static Exchange parse(Value document) throws InvalidTranscript {
        try {
            return exchange(entry(Members.of(document)));
        } catch (InvalidDocumentException e) {
            throw invalid(e);
        }
    }

    static InvalidTranscript invalid(InvalidDocumentException e) {
        return new InvalidTranscript("This is no HAR entry: " + e.location() + ", line "
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
        HarBody body = HarBody.of(request.optional("postData"));
        return new Exchange(
                request.string("method"),
                request.string("url"),
                headers(request),
                Optional.empty(),
                body.form(),
                body.urlEncoded(),
                answer(entry));
    }

    /** HTTP/2 names the host in a pseudo header; the others say what the method and the URL say. */
    private static Headers headers(Members message) throws InvalidDocumentException {
        List<HeaderField> fields = new ArrayList<>();
        for (Value header : message.list("headers")) {
            Members pair = Members.of(header);
            String name = pair.string("name");
            if (name.equals(AUTHORITY)) {
                fields.add(new HeaderField("host", pair.string("value")));
            } else if (!name.startsWith(":")) {
                fields.add(new HeaderField(name, pair.string("value")));
            }
        }
        return new Headers(fields);
    }

    private static Optional<Answer> answer(Members entry) throws InvalidDocumentException {
        long status = status(entry);
        // Browsers write 0 for an answer that never came, or that a page may not read.
        if (status == 0) {
            return Optional.empty();
        }
        Members response = Members.of(entry.required("response"));
        Optional<Value> content = response.optional("content");
        return Optional.of(new Answer(
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
}

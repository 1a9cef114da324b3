package io.countersign.verify;

import io.countersign.identity.SourceAddress;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.ObjectValue;
import io.countersign.oss.Body;
import io.countersign.oss.BucketName;
import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import io.countersign.verify.decide.SubmittedForm;
import io.countersign.verify.decide.SubmittedForm.Field;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.explain.Explained;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the body of {@code POST /verify}. A refusal names the place of the member. */
final class VerifyRequestReader {
    /** The most keys of one DeleteMultipleObjects. */
    static final int MAX_DELETE_KEYS = 1000;
    /** The most characters of a process with the name of its parameter. */
    static final int MAX_PROCESS = 4 * 1024 + 32;

    private static final Instant FIRST_MOMENT = Instant.EPOCH;
    private static final Instant LAST_MOMENT = Instant.parse("9999-12-31T23:59:59Z");

    private VerifyRequestReader() {}

    /** @throws InvalidDocumentException when a member is missing or invalid. The caller refuses members that this does not read. */
    static VerifyCall read(Members members) throws InvalidDocumentException {
        Optional<Value> headers = members.optional("headers");
        VerifyRequest request = new VerifyRequest(
                members.string("method"),
                members.string("url"),
                headers.isEmpty() ? Headers.NONE : HeaderLines.read(headers.get()),
                sourceIp(members),
                members.optionalBoolean("secureTransport"),
                FormReader.read(members.optional("form")),
                Body.of(deleteKeys(members), process(members)),
                ContextReader.read(members.optional("context")),
                at(members));
        return new VerifyCall(request, explain(members));
    }

    private static Optional<Explained.ClientForm> explain(Members members) throws InvalidDocumentException {
        boolean explain = members.optionalBoolean("explain").orElse(false);
        Optional<Value> client = members.optional("client");
        if (client.isEmpty()) {
            return explain ? Optional.of(Explained.ClientForm.UNKNOWN) : Optional.empty();
        }
        if (!explain) {
            throw new InvalidDocumentException(
                    client.get().at(), "client is used only with explain; set explain to true");
        }
        Members forms = Members.of(client.get());
        Explained.ClientForm form = new Explained.ClientForm(
                forms.optionalString("stringToSign"), forms.optionalString("canonicalRequest"));
        forms.done();
        return Optional.of(form);
    }

    private static Optional<String> sourceIp(Members members) throws InvalidDocumentException {
        Optional<Value> value = members.optional("sourceIp");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> canonical = SourceAddress.canonical(Members.string(value.get()));
        if (canonical.isEmpty()) {
            throw new InvalidDocumentException(
                    value.get().at(), "expected a literal IPv4 or IPv6 address without port or zone");
        }
        return canonical;
    }

    /** Refuses an empty array: it would require no right at all. */
    private static List<Body.DeletedObject> deleteKeys(Members members) throws InvalidDocumentException {
        Optional<Value> value = members.optional("deleteKeys");
        if (value.isEmpty()) {
            return List.of();
        }
        List<Value> elements = Members.array(value.get());
        if (elements.isEmpty() || elements.size() > MAX_DELETE_KEYS) {
            throw new InvalidDocumentException(
                    value.get().at(), "expected 1 to " + MAX_DELETE_KEYS + " keys; leave it out to judge every object");
        }
        List<Body.DeletedObject> keys = new ArrayList<>(elements.size());
        for (Value element : elements) {
            keys.add(deleted(element));
        }
        return keys;
    }

    /** Checks the length only; the format step parses the process. */
    private static Optional<String> process(Members members) throws InvalidDocumentException {
        Optional<Value> value = members.optional("process");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        String text = Members.string(value.get());
        if (text.isEmpty() || text.length() > MAX_PROCESS) {
            throw new InvalidDocumentException(
                    value.get().at(),
                    "expected 1 to " + MAX_PROCESS
                            + " characters of a process; leave it out to judge everything that it could save to");
        }
        return Optional.of(text);
    }

    /** A key, or {@code {"key", "versionId"}}. */
    private static Body.DeletedObject deleted(Value element) throws InvalidDocumentException {
        if (!(element instanceof Value.ObjectValue)) {
            return Body.DeletedObject.of(key(element));
        }
        Members members = Members.of(element);
        Body.DeletedObject deleted =
                new Body.DeletedObject(key(members.required("key")), Optional.of(members.string("versionId")));
        if (deleted.versionId().equals(Optional.of(""))) {
            throw new InvalidDocumentException(
                    element.at(), "versionId is empty; write the key alone if no version is named");
        }
        members.done();
        return deleted;
    }

    private static String key(Value element) throws InvalidDocumentException {
        try {
            return BucketName.ObjectName.checked(Members.string(element));
        } catch (OssRefusal e) {
            throw new InvalidDocumentException(
                    element.at(),
                    "expected an object key: 1 to " + BucketName.ObjectName.MAX_BYTES + " bytes of UTF-8, no NUL");
        }
    }

    private static Optional<Instant> at(Members members) throws InvalidDocumentException {
        Optional<Value> value = members.optional("at");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            Instant at = Instant.parse(Members.string(value.get()));
            if (!at.isBefore(FIRST_MOMENT) && !at.isAfter(LAST_MOMENT)) {
                return Optional.of(at);
            }
        } catch (DateTimeException e) {
            // Refused below like a moment out of range.
        }
        throw new InvalidDocumentException(
                value.get().at(), "expected a moment in UTC from 1970 to 9999, as 2026-11-22T03:00:00Z");
    }

    /** Reads {@code {name: value or [values]}} as header lines. The format step checks whether HTTP allows them. */
    static final class HeaderLines {
        private HeaderLines() {}

        static Headers read(Value value) throws InvalidDocumentException {
            if (!(value instanceof ObjectValue object)) {
                throw new InvalidDocumentException(
                        value.at(), "expected an object of header names, found " + value.kind());
            }
            List<Headers.HeaderField> lines = new ArrayList<>();
            for (var member : object.members().entrySet()) {
                for (String text : Members.strings(member.getValue())) {
                    lines.add(new Headers.HeaderField(member.getKey(), text));
                }
            }
            return new Headers(lines);
        }
    }

    /** Reads {@code {"fields":[[name,value]],"fileLength"}}. */
    static final class FormReader {
        private FormReader() {}

        static Optional<SubmittedForm> read(Optional<Value> form) throws InvalidDocumentException {
            if (form.isEmpty()) {
                return Optional.empty();
            }
            Members members = Members.of(form.get());
            List<Field> fields = new ArrayList<>();
            for (Value element : Members.array(members.required("fields"))) {
                fields.add(field(element));
            }
            SubmittedForm submitted =
                    new SubmittedForm(fields, members.optionalInteger("fileLength", 0, Long.MAX_VALUE));
            members.done();
            return Optional.of(submitted);
        }

        private static Field field(Value element) throws InvalidDocumentException {
            List<Value> pair = Members.array(element);
            if (pair.size() != 2) {
                throw new InvalidDocumentException(element.at(), "expected a pair [name, value]");
            }
            return new Field(Members.string(pair.get(0)), Members.string(pair.get(1)));
        }
    }

    /**
     * The body of {@code POST /verify}.
     *
     * @param explain asks for the text that the signature covers and the cause of a refusal, with the text that the client says it signed
     */
    record VerifyCall(VerifyRequest request, Optional<Explained.ClientForm> explain) {}
}

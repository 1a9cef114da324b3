package io.countersign.gateway.store;

import io.countersign.json.StrictUtf8;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.verify.decide.SubmittedForm;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes a form (RFC 7578) apart while it arrives: fields, then the file as the last part that counts, as OSS wants it. It is strict, so that no other reader of the same bytes finds other fields: nothing
 * before the first boundary and after the last, whole lines, no encodings. What comes after the file is read and ignored, as OSS does, but a second file is refused.
 */
final class FormParser {
    /** The most bytes of all fields together. */
    static final int MAX_FIELDS = 64 * 1024;

    private static final int MAX_PARTS = 100;
    private static final int MAX_HEAD = 4 * 1024;
    private static final byte[] END_OF_HEAD = ascii("\r\n\r\n");

    private enum State {
        BEGINNING,
        AFTER_BOUNDARY,
        HEAD,
        FIELD,
        FILE,
        IGNORED,
        END
    }

    private final byte[] delimiter;
    private final Consumer<Buffer> fileBytes;
    private final List<SubmittedForm.Field> fields = new ArrayList<>();
    private Optional<FormPart> file = Optional.empty();
    private Optional<FormPart> part = Optional.empty();
    private Buffer unread;
    private State state = State.BEGINNING;
    private int parts;
    private int fieldBytes;

    /** @param fileBytes gets the bytes of the file in their order */
    FormParser(String boundary, Consumer<Buffer> fileBytes) {
        this.delimiter = ascii("\r\n--" + boundary);
        this.fileBytes = fileBytes;
        // The first boundary begins the body: what would end the line before it is added here.
        this.unread = Buffer.buffer("\r\n");
    }

    List<SubmittedForm.Field> fields() {
        return List.copyOf(fields);
    }

    Optional<FormPart> file() {
        return file;
    }

    /** @throws OssRefusal MalformedPOSTRequest; EntityTooLarge for the fields; IncorrectNumberOfFilesInPOSTRequest */
    void add(Buffer piece) throws OssRefusal {
        unread.appendBuffer(piece);
        while (step()) {}
    }

    /** @throws OssRefusal when the form is not whole, or has no file */
    void end() throws OssRefusal {
        if (state != State.END) {
            throw FormPart.malformed("The form ends before its last boundary.");
        }
        if (file.isEmpty()) {
            throw files();
        }
    }

    /** Returns false when more has to come first. */
    private boolean step() throws OssRefusal {
        return switch (state) {
            case BEGINNING -> beginning();
            case AFTER_BOUNDARY -> afterBoundary();
            case HEAD -> head();
            case FIELD, FILE, IGNORED -> content();
            case END -> atEnd();
        };
    }

    private boolean beginning() throws OssRefusal {
        if (unread.length() < delimiter.length) {
            return false;
        }
        if (indexOf(delimiter, delimiter.length) != 0) {
            throw FormPart.malformed("The form does not begin with the boundary of its Content-Type.");
        }
        take(delimiter.length);
        state = State.AFTER_BOUNDARY;
        return true;
    }

    private boolean afterBoundary() throws OssRefusal {
        if (unread.length() < 2) {
            return false;
        }
        String next = take(2).toString(StandardCharsets.ISO_8859_1);
        if (next.equals("--")) {
            state = State.END;
        } else if (next.equals("\r\n") && ++parts <= MAX_PARTS) {
            state = State.HEAD;
        } else {
            throw FormPart.malformed("A boundary of the form is not the end of its line, or there are more than "
                    + MAX_PARTS + " parts.");
        }
        return true;
    }

    private boolean head() throws OssRefusal {
        int end = indexOf(END_OF_HEAD, MAX_HEAD);
        if (end < 0) {
            if (unread.length() > MAX_HEAD) {
                throw FormPart.malformed("The head of a part is longer than " + MAX_HEAD + " bytes.");
            }
            return false;
        }
        FormPart read = FormPart.read(text(take(end)));
        take(END_OF_HEAD.length);
        part = Optional.of(read);
        if (file.isPresent()) {
            if (read.isFile()) {
                throw files();
            }
            state = State.IGNORED;
        } else if (read.isFile()) {
            file = part;
            state = State.FILE;
        } else {
            state = State.FIELD;
        }
        return true;
    }

    private boolean content() throws OssRefusal {
        int end = indexOf(delimiter, unread.length());
        if (end >= 0) {
            pass(take(end));
            take(delimiter.length);
            state = State.AFTER_BOUNDARY;
            return true;
        }
        if (state == State.FIELD) {
            requireFieldRoom(unread.length() - delimiter.length);
            return false;
        }
        // The end may be the beginning of a boundary.
        int sure = unread.length() - delimiter.length + 1;
        if (sure > 0) {
            pass(take(sure));
        }
        return false;
    }

    private void pass(Buffer bytes) throws OssRefusal {
        switch (state) {
            case FIELD -> {
                requireFieldRoom(bytes.length());
                fieldBytes += bytes.length();
                fields.add(new SubmittedForm.Field(part.orElseThrow().name(), text(bytes)));
            }
            case FILE -> {
                if (bytes.length() > 0) {
                    fileBytes.accept(bytes);
                }
            }
            case BEGINNING, AFTER_BOUNDARY, HEAD, IGNORED, END -> {}
        }
    }

    private boolean atEnd() throws OssRefusal {
        String after = unread.toString(StandardCharsets.ISO_8859_1);
        if (!"\r\n".startsWith(after)) {
            throw FormPart.malformed("There is something after the form's last boundary.");
        }
        return false;
    }

    private void requireFieldRoom(int more) throws OssRefusal {
        if (fieldBytes + more > MAX_FIELDS) {
            throw new OssRefusal(
                    OssError.ENTITY_TOO_LARGE,
                    "The fields before the file are longer than " + MAX_FIELDS + " bytes; send less.");
        }
    }

    private Buffer take(int length) {
        Buffer taken = unread.getBuffer(0, length);
        unread = unread.getBuffer(length, unread.length());
        return taken;
    }

    /** Returns the index of the text among the first bytes, or -1. */
    private int indexOf(byte[] text, int within) {
        int last = Math.min(unread.length() - text.length, within);
        int start = 0;
        while (start <= last) {
            int found = unread.getByteBuf().indexOf(start, last + 1, text[0]);
            if (found < 0 || isAt(text, found)) {
                return found;
            }
            start = found + 1;
        }
        return -1;
    }

    private boolean isAt(byte[] text, int start) {
        for (int i = 0; i < text.length; i++) {
            if (unread.getByte(start + i) != text[i]) {
                return false;
            }
        }
        return true;
    }

    private static String text(Buffer bytes) throws OssRefusal {
        return StrictUtf8.decoded(bytes.getBytes())
                .orElseThrow(() -> FormPart.malformed("A field of the form is not UTF-8."));
    }

    private static OssRefusal files() {
        return new OssRefusal(OssError.NUMBER_OF_FILES);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

package io.countersign.gateway.storage;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form as a browser posts it: its fields in their order, then the file; nothing after the file is read.
 *
 * @param fields with the file's name already where the key has its variable
 * @param fileType what the browser says of the file
 */
record FormUpload(List<Field> fields, byte[] file, Optional<String> fileType) {
    private static final Pattern BOUNDARY =
            Pattern.compile("multipart/form-data; *boundary=\"?([^\",;]{1,70})\"?", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("; name=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern FILE_NAME = Pattern.compile("; filename=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern TYPE =
            Pattern.compile("^content-type: *(.+)$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    private static final String LINE = "\r\n";

    record Field(String name, String value) {}

    FormUpload {
        fields = List.copyOf(fields);
    }

    /** Empty when the request is no form posted to a bucket. */
    static Optional<FormUpload> of(Exchange exchange) throws StorageError {
        String type = exchange.header("Content-Type").orElse("");
        if (!exchange.method().equals("POST") || !exchange.key().isEmpty() || !type.startsWith("multipart/")) {
            return Optional.empty();
        }
        Matcher boundary = BOUNDARY.matcher(type);
        if (!boundary.matches()) {
            throw malformed();
        }
        // One character for each byte: the file may be anything.
        return Optional.of(read(new String(exchange.body(), StandardCharsets.ISO_8859_1), "--" + boundary.group(1)));
    }

    private static FormUpload read(String body, String mark) throws StorageError {
        List<Field> fields = new ArrayList<>();
        int at = 0;
        while (body.startsWith(mark + LINE, at)) {
            int head = at + mark.length();
            int content = body.indexOf(LINE + LINE, head) + 4;
            int end = body.indexOf(LINE + mark, content);
            if (content < 4 || end < 0) {
                throw malformed();
            }
            String headers = body.substring(head, content - 4);
            String name = utf8(group(NAME, headers).orElseThrow(FormUpload::malformed));
            if (name.equals("file")) {
                String fileName = utf8(group(FILE_NAME, headers).orElse(""));
                return new FormUpload(
                        fields.stream().map(field -> named(field, fileName)).toList(),
                        body.substring(content, end).getBytes(StandardCharsets.ISO_8859_1),
                        group(TYPE, headers).map(String::strip));
            }
            fields.add(new Field(name, utf8(body.substring(content, end))));
            at = end + LINE.length();
        }
        throw new StorageError(400, "IncorrectNumberOfFilesInPOSTRequest", "The form has no file.");
    }

    private static Field named(Field field, String fileName) {
        return field.name().equals("key") ? new Field("key", field.value().replace("${filename}", fileName)) : field;
    }

    String value(String name, String otherwise) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .findFirst()
                .orElse(otherwise);
    }

    /** In OSS's order (PostObject). */
    String type() {
        return value("x-oss-content-type", fileType.orElseGet(() -> value("content-type", "application/octet-stream")));
    }

    private static Optional<String> group(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static StorageError malformed() {
        return new StorageError(
                400, "MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data.");
    }
}

package io.countersign.presign.uploads;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file that a caller wants to upload. Its name decides nothing but the extension of the key.
 *
 * @param size in bytes; empty where the client does not name it
 * @param contentMd5 as the header Content-MD5 has it
 */
record UploadRequest(String filename, String contentType, OptionalLong size, Optional<String> contentMd5) {
    /** The most characters of a file's name: no file system has longer ones. */
    static final int MAX_NAME = 1_024;

    private static final int MAX_TYPE = 255;

    /** Reads the body of {@code POST /uploads/NAME}. */
    static UploadRequest read(Members members) throws InvalidDocumentException {
        return new UploadRequest(
                filename(members),
                type(members, "contentType"),
                OptionalLong.of(Members.integer(members.required("size"), 0, Long.MAX_VALUE)),
                members.optionalString("contentMd5"));
    }

    /** Reads the body of Companion's {@code POST multipart}. The metadata is the page's own and goes nowhere. */
    static UploadRequest ofCompanion(Members members) throws InvalidDocumentException {
        UploadRequest request =
                new UploadRequest(filename(members), type(members, "type"), OptionalLong.empty(), Optional.empty());
        members.optional("metadata");
        return request;
    }

    private static String filename(Members members) throws InvalidDocumentException {
        String name = members.string("filename");
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new InvalidDocumentException(
                    members.required("filename").at(), "expected a file name of 1 to " + MAX_NAME + " characters");
        }
        return name;
    }

    private static String type(Members members, String name) throws InvalidDocumentException {
        String type = members.string(name);
        if (type.isEmpty() || type.length() > MAX_TYPE) {
            throw new InvalidDocumentException(members.required(name).at(), "expected a media type, such as image/png");
        }
        return type;
    }
}

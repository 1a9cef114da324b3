package io.countersign.verify;

import io.countersign.oss.Headers;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OuterSpace;
import java.util.List;
import java.util.regex.Pattern;

/** The Content-Type of a POST upload: one boundary, without which OSS finds no form, and no comma in it, at which it stops reading (protocol.md 4). */
final class FormContentType {
    private static final Pattern SHAPE = Pattern.compile(
            "multipart/form-data[ \\t]*(;[^;,]*)*;[ \\t]*boundary=(\"[^\",;]{1,70}\"|[^\",; \\t]{1,70})[ \\t]*(;[^;,]*)*",
            Pattern.CASE_INSENSITIVE);
    private static final int MAX_LENGTH = 256;

    private FormContentType() {}

    /** @throws OssRefusal MalformedPOSTRequest */
    static void check(Headers headers) throws OssRefusal {
        List<String> types = headers.all("content-type");
        boolean fits = types.size() == 1
                && types.getFirst().length() <= MAX_LENGTH
                && SHAPE.matcher(OuterSpace.trim(types.getFirst())).matches();
        if (!fits) {
            throw new OssRefusal(
                    OssError.MALFORMED_POST_REQUEST,
                    "The Content-Type of a POST upload is multipart/form-data; boundary=... with one boundary of 1 to 70 characters and no comma.");
        }
    }
}

package io.countersign.oss;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Names of objects and buckets in a process: UTF-8 in URL-safe Base64, with or without padding. */
final class ProcessText {
    private ProcessText() {}

    /** @throws OssRefusal InvalidArgument when it is no such text */
    static String decode(String encoded) throws OssRefusal {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(encoded)))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new OssRefusal(
                    OssError.INVALID_ARGUMENT,
                    "A name in the process is not UTF-8 in URL-safe Base64; encode the keys of watermarks, of concatenated objects and of |sys/saveas so.");
        }
    }
}

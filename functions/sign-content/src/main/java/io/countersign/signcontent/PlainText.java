package io.countersign.signcontent;

import io.countersign.http.Bytes;
import io.countersign.http.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Checks a text before its lines are parsed: it must be UTF-8 without control characters other than the line feed, so that a request can contain all its characters. */
final class PlainText {
    private PlainText() {}

    /** Decodes the bytes; no byte is replaced. */
    static String of(Bytes bytes) throws ProblemException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes.toArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ContentError.CONTROL_CHARACTER.cause("The body is not UTF-8; send the string to sign in UTF-8.");
        }
    }

    static void require(String text) throws ProblemException {
        if (text.codePoints().anyMatch(point -> (Character.isISOControl(point) && point != '\n') || isHalf(point))) {
            throw ContentError.CONTROL_CHARACTER.cause(
                    "The content has a carriage return, another control character, or half of a surrogate pair; end lines with a line feed only.");
        }
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}

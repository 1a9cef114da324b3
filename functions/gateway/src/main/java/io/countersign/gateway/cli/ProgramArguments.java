package io.countersign.gateway.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The arguments of a process as UTF-8, regardless of its locale. A JVM under {@code LC_ALL=C} decodes every non-ASCII byte as U+FFFD, and under Latin-1 one letter as two, so that a typed object key
 * would be signed as a different key. The bytes are therefore read from the kernel, and an argument that is ambiguous is refused.
 *
 * @param raw all arguments of the process, those of the JVM first; empty if the kernel does not provide them
 * @param locale the charset that the JVM decoded them with
 */
record ProgramArguments(List<byte[]> raw, Charset locale) {
    private static final Path OF_THIS_PROCESS = Path.of("/proc/self/cmdline");
    private static final char REPLACEMENT = '\ufffd';

    static ProgramArguments ofThisProcess() {
        Charset locale = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"), StandardCharsets.US_ASCII);
        try {
            return new ProgramArguments(split(Files.readAllBytes(OF_THIS_PROCESS)), locale);
        } catch (IOException e) {
            return new ProgramArguments(List.of(), locale);
        }
    }

    /**
     * @param decoded by the JVM, or by an earlier call of this method
     * @throws Misuse if an argument is not UTF-8, or its bytes are unknown
     */
    String[] utf8(String... decoded) throws CommandFailure.Misuse {
        String[] texts = decoded.clone();
        for (int i = 0; i < texts.length; i++) {
            if (texts[i].chars().anyMatch(c -> c >= 0x80)) {
                texts[i] = utf8(texts[i], raw.size() - decoded.length + i);
            }
        }
        return texts;
    }

    private String utf8(String decoded, int place) throws CommandFailure.Misuse {
        if (place < 0) {
            if (locale.equals(StandardCharsets.UTF_8) && decoded.indexOf(REPLACEMENT) < 0) {
                return decoded;
            }
            throw unreadable();
        }
        byte[] bytes = raw.get(place);
        String text = strictly(bytes);
        if (!text.equals(decoded) && !new String(bytes, locale).equals(decoded)) {
            // Not the argument at this position: the JVM read it from elsewhere.
            throw unreadable();
        }
        return text;
    }

    private static String strictly(byte[] bytes) throws CommandFailure.Misuse {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw unreadable();
        }
    }

    private static List<byte[]> split(byte[] line) {
        List<byte[]> arguments = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < line.length; i++) {
            if (line[i] == 0) {
                arguments.add(Arrays.copyOfRange(line, start, i));
                start = i + 1;
            }
        }
        return arguments;
    }

    private static CommandFailure.Misuse unreadable() {
        return new CommandFailure.Misuse(
                "A non-ASCII argument is not UTF-8, or cannot be decoded in this locale; write it in UTF-8 and set"
                        + " LC_ALL=C.UTF-8.");
    }
}

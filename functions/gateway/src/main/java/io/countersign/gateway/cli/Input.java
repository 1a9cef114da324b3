package io.countersign.gateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Texts that an operator hands over: in a file, or on standard input. */
final class Input {
    private static final String STANDARD_INPUT = "-";

    private Input() {}

    /**
     * @param file its path, or {@code -} for standard input
     * @param max bytes
     */
    static String text(Tools tools, String file, int max) throws CommandFailure {
        if (file.equals(STANDARD_INPUT)) {
            return text(tools.terminal().in(), "standard input", max);
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return text(in, file, max);
        } catch (NoSuchFileException e) {
            throw new CommandFailure("FileNotFound", "There is no file " + file + "; name its path.", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static String text(InputStream in, String name, int max) throws CommandFailure {
        try {
            byte[] bytes = in.readNBytes(max + 1);
            if (bytes.length > max) {
                throw new CommandFailure(
                        "InputTooLong", "What stands in " + name + " is longer than " + max + " bytes; send less.");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CommandFailure("InvalidInput", "What stands in " + name + " is not UTF-8.", e);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static CommandFailure unreadable(String name, IOException e) {
        return new CommandFailure(
                "FileNotReadable", name + " cannot be read; check that it is a file you may read.", e);
    }
}

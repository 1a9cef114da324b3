package io.countersign.gateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads text from a file or from standard input.
 *
 * @param kind the kind of text; part of the codes of failures, as in {@code ManifestNotFound}
 * @param max the maximum size in bytes
 * @param shorter what to do about a longer text
 * @param secret whether no message names the file
 */
record Input(String kind, int max, String shorter, boolean secret) {
    static final String STANDARD_INPUT = "-";

    Input(String kind, int max) {
        this(kind, max, "make it shorter");
    }

    Input(String kind, int max, String shorter) {
        this(kind, max, shorter, false);
    }

    /** Returns one of which no message names the file: what is given as its name may be the secret itself. */
    Input unnamed() {
        return new Input(kind, max, shorter, true);
    }

    /** @param file its path, or {@code -} for standard input */
    String fileOrInput(String file, QuickCommands.Tools tools) throws CommandFailure {
        return file.equals(STANDARD_INPUT) ? text(tools.terminal().in(), "Standard input") : file(path(file));
    }

    private Path path(String file) throws CommandFailure {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new CommandFailure(
                    kind + "NotReadable", "The locale cannot represent the name of the file; set LC_ALL=C.UTF-8.", e);
        }
    }

    /** The text of a file that is read again later. A pipe would block the reader until somebody writes to it, and has its text once. */
    String regularFile(Path file) throws CommandFailure {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new CommandFailure(
                    kind + "NotReadable",
                    Echo.of(file) + " is not a regular file and is not read; write its text to a file.");
        }
        return file(file);
    }

    String file(Path file) throws CommandFailure {
        try (InputStream in = Files.newInputStream(file)) {
            return text(in, named(file));
        } catch (NoSuchFileException e) {
            throw new CommandFailure(
                    kind + "NotFound",
                    secret
                            ? "There is no file of this name; write the text to a file and name its path."
                            : "There is no file " + Echo.of(file) + "; name its path.",
                    e);
        } catch (IOException e) {
            throw unreadable(named(file), e);
        }
    }

    private String named(Path file) {
        return secret ? "The file" : "The file " + Echo.of(file);
    }

    private String text(InputStream in, String name) throws CommandFailure {
        try {
            byte[] bytes = in.readNBytes(max + 1);
            if (bytes.length > max) {
                throw new CommandFailure(
                        "Invalid" + kind, name + " is longer than " + max + " bytes; " + shorter + ".");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CommandFailure("Invalid" + kind, name + " is not UTF-8; save it as UTF-8.", e);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private CommandFailure unreadable(String name, IOException e) {
        return new CommandFailure(kind + "NotReadable", name + " cannot be read; check that it is a readable file.", e);
    }
}

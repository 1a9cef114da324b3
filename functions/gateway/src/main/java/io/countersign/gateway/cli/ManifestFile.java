package io.countersign.gateway.cli;

import io.countersign.registry.manifest.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a manifest's text. */
final class ManifestFile {
    /** Bytes of a manifest. */
    static final int MAX = 3 * Manifest.MAX_LENGTH;

    private ManifestFile() {}

    static String read(Path file) throws CommandFailure {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX + 1);
            if (bytes.length > MAX) {
                throw new CommandFailure(
                        "InvalidManifest", "The manifest " + file + " is longer than " + MAX + " bytes; split it.");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (NoSuchFileException e) {
            throw new CommandFailure("ManifestNotFound", "There is no file " + file + "; name the manifest's path.", e);
        } catch (CharacterCodingException e) {
            throw new CommandFailure("InvalidManifest", "The manifest " + file + " is not UTF-8; save it as UTF-8.", e);
        } catch (IOException e) {
            throw new CommandFailure(
                    "ManifestNotReadable",
                    "The manifest " + file + " cannot be read; check that it is a file you may read.",
                    e);
        }
    }
}

package io.countersign.registry.sealing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The names of a root key's files: the first as it was given, later ones with the numbers 2 to 9999 behind it.
 *
 * @param first absolute
 */
record RootKeyFiles(Path first) {
    private static final int LAST = 9_999;

    RootKeyFiles {
        first = first.toAbsolutePath();
    }

    /** Those that exist, oldest first. */
    List<Path> list() throws SealingException {
        try (Stream<Path> siblings = Files.list(first.resolveSibling(""))) {
            return siblings.filter(file -> number(file).isPresent())
                    .sorted(Comparator.comparingInt(file -> number(file).orElse(0)))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new SealingException(
                    "the directory of the root key file " + first
                            + " cannot be read; check that it belongs to this user",
                    e);
        }
    }

    /** The name that follows that of one of the files. */
    Path after(Path file) throws SealingException {
        int next = number(file).orElse(1) + 1;
        if (next > LAST) {
            throw new SealingException(
                    "the root key " + first + " was renewed too often; move the registry to a new one");
        }
        return first.resolveSibling(first.getFileName() + "." + next);
    }

    private OptionalInt number(Path file) {
        String name = file.getFileName().toString();
        String own = first.getFileName().toString();
        if (name.equals(own)) {
            return OptionalInt.of(1);
        }
        String behind = name.startsWith(own + ".") ? name.substring(own.length() + 1) : "";
        return behind.matches("[2-9]|[1-9][0-9]{1,3}") ? OptionalInt.of(Integer.parseInt(behind)) : OptionalInt.empty();
    }
}

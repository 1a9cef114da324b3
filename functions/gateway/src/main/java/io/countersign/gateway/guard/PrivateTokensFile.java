package io.countersign.gateway.guard;

import io.countersign.gateway.guard.PrivateTokens.Program;
import io.countersign.registry.sealing.OwnFile;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the file of the programs that may call private endpoints. Each line is {@code name faces sha256}, where {@code faces} is {@code *} or paths separated by
 * commas. Empty lines and lines that begin with {@code #} are ignored. Only the file's owner may have access to it, or write to its directory.
 *
 * @param atStart the programs that it had when it was opened
 */
public record PrivateTokensFile(Path path, PrivateTokens atStart) {
    /** The path of the file. */
    public static final Setting FILE = Setting.optional(
            "countersign.private.tokens",
            "none",
            "A file (mode 0600) of the programs that may call private endpoints. private-token prints its lines: a name, the endpoints and the SHA-256 of a token. A server reads it again every second. It is required where private endpoints listen beyond loopback.");

    /** The settings of this class. */
    public static final List<Setting> SETTINGS = List.of(FILE);

    /** The syntax of a program's name. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private static final long MAX_BYTES = 256L * 1024;
    private static final Pattern LINE = Pattern.compile("(?<name>" + NAME + ") (?<faces>[^ ]+) (?<hash>[0-9a-f]{64})");

    /**
     * Reads a file for the first time.
     *
     * @throws PropertyValues.InvalidSettingException when it cannot be read, other users may read or replace it, or a line is malformed
     */
    public static PrivateTokensFile open(Path path) throws PropertyValues.InvalidSettingException {
        return new PrivateTokensFile(path, read(path));
    }

    /**
     * Reads the file as it is now.
     *
     * @throws PropertyValues.InvalidSettingException as {@link #open}
     */
    PrivateTokens read() throws PropertyValues.InvalidSettingException {
        return read(path);
    }

    private static PrivateTokens read(Path path) throws PropertyValues.InvalidSettingException {
        OwnFile file = new OwnFile(path, "the file");
        try {
            file.requireDirectory();
            file.requireFile();
            if (Files.size(path) > MAX_BYTES) {
                throw refused("the file is larger than " + MAX_BYTES + " bytes; keep one line for each program");
            }
            String text = Files.readString(path);
            // Editors may write a byte order mark first.
            return parse((text.startsWith("\uFEFF") ? text.substring(1) : text)
                    .lines()
                    .toList());
        } catch (OwnFile.NotOwnException e) {
            throw refused(e.problem());
        } catch (IOException | UnsupportedOperationException e) {
            throw refused(
                    "the file cannot be read; name a text file of mode 0600 that contains the lines that private-token prints");
        }
    }

    private static PrivateTokens parse(List<String> lines) throws PropertyValues.InvalidSettingException {
        List<Program> programs = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !line.startsWith("#")) {
                programs.add(program(line, i + 1, programs));
            }
        }
        if (programs.isEmpty()) {
            throw refused("the file contains no program; add a line that private-token prints");
        }
        return new PrivateTokens(programs);
    }

    private static Program program(String line, int number, List<Program> earlier)
            throws PropertyValues.InvalidSettingException {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw refused(
                    "line " + number
                            + " is malformed; expected NAME PATHS SHA256 with single spaces, such as \"storage /verify,/acl 0123...\"");
        }
        String name = matcher.group("name");
        String hash = matcher.group("hash");
        if (earlier.stream()
                .anyMatch(other -> other.name().equals(name) || other.sha256().equals(hash))) {
            throw refused("line " + number + " repeats a name or a token; give each program its own");
        }
        Optional<PrivateEndpoints> endpoints = PrivateEndpoints.of(matcher.group("faces"));
        if (endpoints.isEmpty()) {
            throw refused("line " + number + " contains an unknown path or repeats one; use * for all, or some of "
                    + PrivateEndpoint.paths());
        }
        return new Program(name, endpoints.get(), hash);
    }

    private static PropertyValues.InvalidSettingException refused(String problem) {
        return new PropertyValues.InvalidSettingException(FILE.name(), problem);
    }
}

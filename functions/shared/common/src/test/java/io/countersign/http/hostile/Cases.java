package io.countersign.http.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Inputs that are run every time, one to a line. {@code <00>} is a byte, {@code <5b5b*100>} is a sequence of bytes that is repeated. A line that begins with # gives the reason. */
public final class Cases {
    private static final Pattern BYTES = Pattern.compile("<((?:[0-9a-f]{2})+)(?:\\*([0-9]+))?>");

    private Cases() {}

    /** The inputs of a resource in the package of a test class. */
    public static List<byte[]> of(Class<?> test, String resource) {
        try (InputStream in = test.getResourceAsStream(resource)) {
            if (in == null) {
                throw new AssertionError("no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Cases::bytes)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(String line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Matcher matcher = BYTES.matcher(line);
        int last = 0;
        while (matcher.find()) {
            out.writeBytes(line.substring(last, matcher.start()).getBytes(StandardCharsets.UTF_8));
            byte[] octets = java.util.HexFormat.of().parseHex(matcher.group(1));
            int times = matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2));
            for (int i = 0; i < times; i++) {
                out.writeBytes(octets);
            }
            last = matcher.end();
        }
        out.writeBytes(line.substring(last).getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}

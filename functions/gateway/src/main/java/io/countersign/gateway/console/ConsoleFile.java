package io.countersign.gateway.console;

import io.countersign.http.Bytes;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** One file of the page, as the build put it into the program. */
record ConsoleFile(Bytes content, String type) {
    /** Nothing but these files, by name: no script or style inside the page, nothing from elsewhere, in no frame. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    static ConsoleFile load(String name, String type) {
        try (InputStream in = ConsoleFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the build left out " + name);
            }
            return new ConsoleFile(Bytes.of(in.readAllBytes()), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Reply reply() {
        return new Reply(
                200,
                List.of(
                        new Header("Content-Type", type),
                        new Header("Content-Security-Policy", POLICY),
                        new Header("Referrer-Policy", "no-referrer"),
                        new Header("Cross-Origin-Opener-Policy", "same-origin"),
                        new Header("Cross-Origin-Resource-Policy", "same-origin"),
                        new Header("X-Frame-Options", "DENY")),
                content);
    }
}

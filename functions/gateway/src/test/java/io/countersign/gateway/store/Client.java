package io.countersign.gateway.store;

import io.countersign.gateway.server.RawConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Sends requests of alice, signed in V1 by hand, byte for byte. */
final class Client {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private final String url;

    Client(String url) {
        this.url = url;
    }

    /**
     * Returns the answer.
     *
     * @param target path and query, of path style; its parameters are all sub-resources
     * @param headers with Content-MD5 and Content-Type where they are signed
     */
    String send(String method, String target, Map<String, String> headers, String body) throws IOException {
        try (RawConnection wire = RawConnection.open(url)) {
            return wire.send(head(method, target, headers, "Content-Length: " + bytes(body) + "\r\n") + body(body))
                    .answer();
        }
    }

    /** As it goes on the wire, where each character is a byte. */
    static String body(String body) {
        return new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static int bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8).length;
    }

    /** @param framing the lines that say where the body ends */
    String head(String method, String target, Map<String, String> headers, String framing) {
        Map<String, String> lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        lines.putAll(headers);
        lines.put("Date", DATE.format(Instant.now().atZone(ZoneOffset.UTC)));
        StringBuilder text = new StringBuilder(method + "\n" + lines.getOrDefault("Content-MD5", "") + "\n"
                + lines.getOrDefault("Content-Type", "") + "\n" + lines.get("Date") + "\n");
        lines.forEach((name, value) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith("x-oss-")) {
                text.append(name.toLowerCase(Locale.ROOT))
                        .append(':')
                        .append(value)
                        .append('\n');
            }
        });
        text.append(target);
        lines.put("Authorization", "OSS " + StoreFixture.ALICE + ":" + hmac(text.toString()));
        StringBuilder head =
                new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: " + url.substring(7) + "\r\n" + framing);
        lines.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString();
    }

    private static String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(StoreFixture.ALICE_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}

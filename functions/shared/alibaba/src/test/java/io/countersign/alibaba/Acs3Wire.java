package io.countersign.alibaba;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** ACS3-HMAC-SHA256 written a second time, from Alibaba Cloud's description of it, for the receiving side of tests. */
final class Acs3Wire {
    private static final String ALGORITHM = "ACS3-HMAC-SHA256";

    private Acs3Wire() {}

    /** @param headers by lower-cased name */
    static String signature(
            String method, String rawQuery, Map<String, String> headers, List<String> signed, String secret) {
        StringBuilder lines = new StringBuilder();
        for (String name : signed) {
            lines.append(name)
                    .append(':')
                    .append(headers.getOrDefault(name, "").trim())
                    .append('\n');
        }
        String canonical = String.join(
                "\n",
                method,
                "/",
                canonicalQuery(rawQuery),
                lines.toString(),
                String.join(";", signed),
                headers.getOrDefault("x-acs-content-sha256", ""));
        return hmac(secret, ALGORITHM + "\n" + sha256(canonical));
    }

    static Map<String, String> parameters(String rawQuery) {
        Map<String, String> parameters = new TreeMap<>();
        Arrays.stream(rawQuery.split("&")).filter(part -> !part.isEmpty()).forEach(part -> {
            String[] pair = part.split("=", 2);
            parameters.put(decoded(pair[0]), pair.length == 2 ? decoded(pair[1]) : "");
        });
        return parameters;
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String canonicalQuery(String rawQuery) {
        StringBuilder text = new StringBuilder();
        parameters(rawQuery)
                .forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
                        .append(encoded(name))
                        .append('=')
                        .append(encoded(value)));
        return text.toString();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}

package io.countersign.alibaba;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A call of an RPC-style service as it came.
 *
 * @param headers by lower-cased name
 */
public record Acs3Received(String method, String action, String rawQuery, Map<String, String> headers, String body) {
    private static final List<String> SIGNED = List.of(
            "host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version");

    public static Acs3Received read(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return new Acs3Received(
                exchange.getRequestMethod(),
                headers.getOrDefault("x-acs-action", ""),
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""),
                headers,
                body);
    }

    public Map<String, String> parameters() {
        return Acs3Wire.parameters(rawQuery);
    }

    /** The signing key's id; empty when the call is not one that is signed with ACS3, for this version of the service. */
    public Optional<String> accessKeyId(String version) {
        return method.equals("POST") && credentials().length == 4 && version.equals(headers.get("x-acs-version"))
                ? Optional.of(credentials()[1])
                : Optional.empty();
    }

    /**
     * The code with which a service refuses the call's signature, date or nonce; empty when it refuses none.
     *
     * @param nonces that were used before; this call's is added
     */
    public Optional<String> refusal(String secret, Instant now, Set<String> nonces) {
        List<String> signed = List.of(credentials()[2].split(";"));
        boolean matches =
                Acs3Wire.signature(method, rawQuery, headers, signed, secret).equals(credentials()[3]);
        boolean tokenIsSigned = !headers.containsKey("x-acs-security-token") || signed.contains("x-acs-security-token");
        if (!signed.containsAll(SIGNED)
                || !tokenIsSigned
                || !matches
                || !Acs3Wire.sha256(body).equals(headers.get("x-acs-content-sha256"))) {
            return Optional.of("SignatureDoesNotMatch");
        }
        Instant date = Instant.parse(headers.getOrDefault("x-acs-date", ""));
        if (Duration.between(date, now).abs().compareTo(Duration.ofMinutes(15)) > 0) {
            return Optional.of("InvalidTimeStamp.Expired");
        }
        return nonces.add(headers.getOrDefault("x-acs-signature-nonce", ""))
                ? Optional.empty()
                : Optional.of("SignatureNonceUsed");
    }

    private String[] credentials() {
        return headers.getOrDefault("authorization", "").split("Credential=|,SignedHeaders=|,Signature=");
    }
}

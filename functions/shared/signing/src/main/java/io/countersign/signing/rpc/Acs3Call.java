package io.countersign.signing.rpc;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.AccessKey;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.base.Hmac;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A call of an RPC-style API by POST, as Alibaba Cloud's SDKs make it with ACS3 (docs/protocol.md 6): the parameters are in the query and there is no body.
 *
 * @param parameters of the action
 */
public record Acs3Call(String action, String version, SortedMap<String, String> parameters) {
    private static final String NO_BODY = Hmac.Digests.sha256Hex("");

    public Acs3Call {
        parameters = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    /**
     * A signed call.
     *
     * @param target path and query
     * @param headers to send in addition to {@code Host}, which is signed as well
     */
    public record Signed(String target, Map<String, String> headers) {
        public Signed {
            headers = Map.copyOf(headers);
        }

        /** Without the headers, which may contain a security token. */
        @Override
        public String toString() {
            return "Signed[" + target + "]";
        }
    }

    /**
     * The key that signs a call.
     *
     * @param token of a session's key
     */
    public record Signer(AccessKey key, Optional<SecurityToken> token) {
        /** The key of a user. */
        public static Signer of(AccessKey key) {
            return new Signer(key, Optional.empty());
        }
    }

    /**
     * @param host the value of the Host header, with a port that is not the scheme's default
     * @param nonce a new one for each call
     */
    public Signed signed(String host, Signer signer, String nonce, Instant now) {
        QueryParameters query = QueryParameters.NONE;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            query = query.and(parameter.getKey(), parameter.getValue());
        }
        SortedMap<String, String> signed = new TreeMap<>(Map.of(
                "host", host,
                "x-acs-action", action,
                "x-acs-content-sha256", NO_BODY,
                "x-acs-date", now.truncatedTo(ChronoUnit.SECONDS).toString(),
                "x-acs-signature-nonce", nonce,
                "x-acs-version", version));
        signer.token().ifPresent(token -> {
            signed.put("x-acs-accesskey-id", signer.key().id());
            signed.put("x-acs-security-token", token.reveal());
        });
        Headers lines = Headers.NONE;
        for (Map.Entry<String, String> header : signed.entrySet()) {
            lines = lines.and(header.getKey(), header.getValue());
        }
        Acs3Request request =
                new Acs3Request(HttpMethod.POST, "/", query, lines, List.copyOf(signed.keySet()), NO_BODY);
        Map<String, String> headers = new LinkedHashMap<>(signed);
        headers.remove("host");
        headers.put(
                "Authorization",
                Acs3Request.Signature.sign(request, signer.key()).authorization());
        return new Signed("/?" + query.encoded(), headers);
    }
}

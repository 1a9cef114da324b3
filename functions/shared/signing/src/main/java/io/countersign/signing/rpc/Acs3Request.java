package io.countersign.signing.rpc;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.CanonicalForm;
import io.countersign.signing.base.CanonicalQuery;
import io.countersign.signing.base.Digests;
import io.countersign.signing.base.Echo;
import io.countersign.signing.base.HeaderLines;
import java.util.List;
import java.util.Optional;

/**
 * What an ACS3 signature goes over (protocol.md 6).
 *
 * @param path decoded; {@code /} for RPC-style calls
 * @param signedHeaders the names that are signed, lower-cased and sorted; one that the request lacks has no line
 * @param payloadHash hex of the body's SHA-256; that it is the body's is for the caller to check
 */
public record Acs3Request(
        HttpMethod method,
        String path,
        QueryParameters query,
        Headers headers,
        List<String> signedHeaders,
        String payloadHash) {
    static final String ALGORITHM = "ACS3-HMAC-SHA256";

    public Acs3Request {
        signedHeaders = List.copyOf(signedHeaders);
    }

    /** The stages, a security token in them replaced by its fingerprint. */
    public CanonicalForm form() {
        return new CanonicalForm(
                Optional.of(canonicalRequest(Echo.PRINTABLE)), stringToSign(canonicalRequest(Echo.EXACT)));
    }

    String stringToSign() {
        return stringToSign(canonicalRequest(Echo.EXACT));
    }

    private static String stringToSign(String canonicalRequest) {
        return ALGORITHM + '\n' + Digests.sha256Hex(canonicalRequest);
    }

    private String canonicalRequest(Echo echo) {
        StringBuilder text = new StringBuilder(512);
        text.append(method.name()).append('\n');
        PercentEncoding.encodePath(path, text);
        text.append('\n');
        CanonicalQuery.appendAssigned(query, text, echo);
        text.append('\n');
        HeaderLines.of(headers, signedHeaders::contains).appendTo(text, echo);
        text.append('\n');
        text.append(String.join(";", signedHeaders)).append('\n');
        return text.append(payloadHash).toString();
    }
}

package io.countersign.token.sts;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.identity.TestToken;
import io.countersign.oss.EncodedText;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.base.Hmac;
import io.countersign.signing.rpc.Acs3Request;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A call signed with ACS3, put together header by header.
 *
 * @param passedOver headers that are sent and not signed
 */
record Acs3(String method, String query, String form, Headers headers, List<String> passedOver) {
    private static final AtomicLong NONCES = new AtomicLong();

    static Acs3 of(String action) {
        return new Acs3("POST", "", "", Headers.NONE, List.of())
                .header("host", "sts.example")
                .header("x-acs-action", action)
                .header("x-acs-version", "2015-04-01")
                .header("x-acs-date", TestToken.NOW.toString())
                .header("x-acs-signature-nonce", "acs3-" + NONCES.incrementAndGet())
                .form("");
    }

    Acs3 method(String other) {
        return new Acs3(other, query, form, headers, passedOver);
    }

    Acs3 query(String other) {
        return new Acs3(method, other, form, headers, passedOver);
    }

    Acs3 form(String body) {
        Acs3 hashed = header(
                "x-acs-content-sha256",
                HexFormat.of().formatHex(Hmac.Digests.sha256(Bytes.utf8(body).toArray())));
        Acs3 typed = body.isEmpty() ? hashed : hashed.header("content-type", "application/x-www-form-urlencoded");
        return new Acs3(method, query, body, typed.headers, passedOver);
    }

    Acs3 header(String name, String value) {
        return new Acs3(method, query, form, headers.without(name).and(name, value), passedOver);
    }

    Acs3 and(String name, String value) {
        return new Acs3(method, query, form, headers.and(name, value), passedOver);
    }

    /** Without the header, which is named among the signed ones all the same. */
    Acs3 without(String name) {
        return new Acs3(method, query, form, headers.without(name), passedOver);
    }

    Acs3 unsigned(String name) {
        return new Acs3(method, query, form, headers, List.of(name));
    }

    Call unsigned() {
        return call(headers);
    }

    Call signed(String id, String secret) {
        TreeSet<String> names = new TreeSet<>(List.of(
                "host",
                "x-acs-action",
                "x-acs-version",
                "x-acs-date",
                "x-acs-signature-nonce",
                "x-acs-content-sha256"));
        headers.fields().stream()
                .map(Headers.HeaderField::name)
                .filter(name -> name.startsWith("x-acs-"))
                .forEach(names::add);
        passedOver.forEach(names::remove);
        Acs3Request request = new Acs3Request(
                HttpMethod.of(method).orElseThrow(),
                "/",
                parsed(query),
                headers,
                List.copyOf(names),
                headers.first("x-acs-content-sha256").orElse(""));
        return call(headers.and(
                "Authorization",
                Acs3Request.Signature.sign(request, new AccessKey(id, Secret.of(secret)))
                        .authorization()));
    }

    private Call call(Headers all) {
        List<Header> lines = new ArrayList<>();
        all.fields().forEach(field -> lines.add(new Header(field.name(), field.value())));
        return new Call(
                method,
                "/",
                query.isEmpty() ? Optional.empty() : Optional.of(query),
                lines,
                Bytes.utf8(form),
                "203.0.113.7",
                true);
    }

    private static QueryParameters parsed(String text) {
        try {
            return QueryParameters.parse(text, EncodedText.URL);
        } catch (OssRefusal e) {
            throw new AssertionError(e);
        }
    }
}

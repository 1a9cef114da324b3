package io.countersign.signing.rpc;

import io.countersign.oss.HttpMethod;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.CanonicalForm;
import io.countersign.signing.ConstantTime;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.SignatureCheck;
import io.countersign.signing.base.Hmac;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and checks RPC signature V1 (docs/protocol.md 6): HMAC-SHA1 over {@code METHOD&%2F&} and the encoded, sorted parameters. The key is the secret followed by an
 * ampersand, which separates these signatures from those of OSS, whose key is the secret itself.
 */
public final class RpcSignature {
    private record Pair(String name, String value) {}

    private RpcSignature() {}

    /** @param parameters of the query and the form body; {@code Signature} is ignored */
    public static String sign(HttpMethod method, QueryParameters parameters, Secret secret) {
        return signature(key(secret), stringToSign(method, parameters, true, false));
    }

    /** The string to sign, with a fingerprint in place of a security token. */
    public static CanonicalForm form(HttpMethod method, QueryParameters parameters) {
        return new CanonicalForm(Optional.empty(), stringToSign(method, parameters, true, true));
    }

    /** Tries the string to sign with and without empty parameters, because clients differ in whether they sign them. */
    public static SignatureCheck check(HttpMethod method, QueryParameters parameters, String signature, Secret secret) {
        SecretKeySpec key = key(secret);
        boolean matches = false;
        for (boolean emptySigned : new boolean[] {true, false}) {
            String text = stringToSign(method, parameters, emptySigned, false);
            matches |= ConstantTime.equal(signature(key, text), signature);
        }
        return matches ? new SignatureCheck.Matches() : new SignatureCheck.Mismatch(form(method, parameters));
    }

    private static String stringToSign(
            HttpMethod method, QueryParameters parameters, boolean emptySigned, boolean printable) {
        List<Pair> pairs = new ArrayList<>(parameters.list().size());
        for (QueryParameter parameter : parameters.list()) {
            boolean signed = !parameter.name().equals("Signature")
                    && (emptySigned || !parameter.value().isEmpty());
            if (signed) {
                pairs.add(new Pair(PercentEncoding.encode(parameter.name()), value(parameter, printable)));
            }
        }
        pairs.sort(Comparator.comparing(Pair::name));
        StringBuilder query = new StringBuilder(256);
        for (Pair pair : pairs) {
            if (!query.isEmpty()) {
                query.append('&');
            }
            query.append(pair.name()).append('=').append(pair.value());
        }
        StringBuilder text = new StringBuilder(query.length() * 2);
        text.append(method.name()).append("&%2F&");
        PercentEncoding.encode(query.toString(), text);
        return text.toString();
    }

    private static String value(QueryParameter parameter, boolean printable) {
        return printable
                        && parameter.name().equals("SecurityToken")
                        && !parameter.value().isEmpty()
                ? SecurityToken.fingerprint(parameter.value())
                : PercentEncoding.encode(parameter.value());
    }

    private static String signature(SecretKeySpec key, String stringToSign) {
        return Base64.getEncoder().encodeToString(Hmac.sha1(key, stringToSign));
    }

    private static SecretKeySpec key(Secret secret) {
        return Hmac.sha1Key(secret.reveal() + '&');
    }
}

package io.countersign.verify.explain;

import io.countersign.oss.EncodedText;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.AccessKey;
import io.countersign.signing.ConstantTime;
import io.countersign.signing.MiscopiedSecret;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureCheck;
import io.countersign.signing.request.SelfSignature;
import io.countersign.signing.rpc.RpcSignature;
import java.util.Optional;

/** Tries the known mistakes in signing an STS call in RPC style (docs/protocol.md 6; 11, trouble 16). */
record RpcMistakes(HttpMethod method, QueryParameters parameters, String signature, AccessKey key) {
    private static final int MAX_PARAMETERS = 64;

    boolean matches() {
        return matches(method, parameters, signature, key.secret());
    }

    Optional<Explained.Cause> cause() {
        return spelling()
                .or(this::verb)
                .or(this::secret)
                .or(this::plus)
                .or(this::added)
                .or(this::ampersand);
    }

    private Optional<Explained.Cause> spelling() {
        return found(
                        method,
                        parameters,
                        signature.replace(' ', '+'),
                        key.secret(),
                        "SignatureText",
                        "The signature is right but has spaces where it has plus signs; percent-encode it in the URL (+ as %2B).")
                .or(() -> found(
                        method,
                        parameters,
                        decoded(),
                        key.secret(),
                        "SignatureText",
                        "The signature is right but was percent-encoded twice; encode it once."));
    }

    private String decoded() {
        try {
            return PercentEncoding.decodeEscapes(signature, EncodedText.URL);
        } catch (OssRefusal e) {
            return signature;
        }
    }

    private Optional<Explained.Cause> verb() {
        HttpMethod other = method == HttpMethod.GET ? HttpMethod.POST : HttpMethod.GET;
        return found(
                other,
                parameters,
                signature,
                key.secret(),
                "OtherVerb",
                "It was signed for " + other + " but sent as " + method
                        + "; the verb is the first word of the string to sign, so sign the one that is sent.");
    }

    private Optional<Explained.Cause> secret() {
        for (MiscopiedSecret copy : MiscopiedSecret.of(key.secret())) {
            if (matches(method, parameters, signature, copy.secret())) {
                return Optional.of(new Explained.Cause(
                        "SecretCopied",
                        "The client's secret has " + copy.slip() + "; trim it where it is stored, and sign again."));
            }
        }
        return Optional.empty();
    }

    private Optional<Explained.Cause> plus() {
        QueryParameters swapped = new QueryParameters(parameters.list().stream()
                .map(parameter -> parameter.assigned()
                        ? QueryParameter.of(parameter.name(), parameter.value().replace(' ', '+'))
                        : parameter)
                .toList());
        return found(
                method,
                swapped,
                signature,
                key.secret(),
                "PlusForSpace",
                "A parameter was sent with a + that is not encoded, which means a space; write it as %2B.");
    }

    private Optional<Explained.Cause> added() {
        return parameters.list().stream()
                .map(QueryParameter::name)
                .filter(name -> !name.equals("Signature"))
                .distinct()
                .limit(MAX_PARAMETERS)
                .flatMap(name -> found(
                        method,
                        parameters.without(name),
                        signature,
                        key.secret(),
                        "ParameterNotSigned",
                        "The parameter " + ShownText.Quoted.of(name)
                                + " was sent but not signed; sign all parameters but Signature.")
                        .stream())
                .findFirst();
    }

    /** Tries the secret without the ampersand that the key of an RPC signature ends with. A string to sign that contains a token is shown only masked, so it cannot be tried. */
    private Optional<Explained.Cause> ampersand() {
        String text = RpcSignature.form(method, parameters).stringToSign();
        return ConstantTime.equal(SelfSignature.v1(text, key), signature)
                ? Optional.of(
                        new Explained.Cause(
                                "Ampersand",
                                "The call was signed with only the secret; the key of an RPC signature is the secret and an ampersand (secret&)."))
                : Optional.empty();
    }

    private static Optional<Explained.Cause> found(
            HttpMethod method,
            QueryParameters parameters,
            String signature,
            Secret secret,
            String code,
            String sentence) {
        return matches(method, parameters, signature, secret)
                ? Optional.of(new Explained.Cause(code, sentence))
                : Optional.empty();
    }

    private static boolean matches(HttpMethod method, QueryParameters parameters, String signature, Secret secret) {
        return switch (RpcSignature.check(method, parameters, signature, secret)) {
            case SignatureCheck.Matches matches -> true;
            case SignatureCheck.Mismatch mismatch -> false;
        };
    }
}

package io.countersign.verify.explain;

import io.countersign.signing.AccessKey;
import io.countersign.signing.ConstantTime;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.MiscopiedSecret;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.SelfSignature;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tries the known mistakes in signing the policy of a POST form (docs/protocol.md 4; 11, trouble 15). */
record PolicyMistakes(String policy, String signature, AccessKey key, SigningKeys signingKeys) {
    private static final String CODE = "FormPolicy";

    Optional<Explained.Cause> cause(Optional<CredentialScope> scope) {
        for (Map.Entry<String, String> text : texts().entrySet()) {
            if (matches(text.getKey(), scope, key)) {
                return Optional.of(new Explained.Cause(CODE, text.getValue()));
            }
        }
        for (MiscopiedSecret copy : MiscopiedSecret.of(key.secret())) {
            if (matches(policy, scope, new AccessKey(key.id(), copy.secret()))) {
                return Optional.of(new Explained.Cause(
                        "SecretCopied",
                        "The signer's secret has " + copy.slip() + "; trim it where it is stored, and sign again."));
            }
        }
        return scope.flatMap(this::regions);
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(
                decoded(),
                "The signature is over the policy's JSON; encode the policy as Base64 first, and sign that text.");
        texts.put(
                policy + "\n",
                "The signature is over the policy with a line feed at its end; sign the Base64 text exactly as it is posted.");
        texts.put(
                policy.replaceAll("\\s", ""),
                "The signature is over the policy without the white space that was posted in it; encode it as Base64 without line breaks.");
        texts.put(
                policy.replace('+', '-').replace('/', '_'),
                "The signature is over the policy in the URL-safe alphabet; post and sign the same Base64 text.");
        texts.put(
                policy.replace(' ', '+'),
                "The posted policy has spaces where plus signs were signed: it was decoded as a URL on its way; post it as multipart/form-data.");
        texts.remove(policy);
        return texts;
    }

    private String decoded() {
        try {
            return new String(Base64.getDecoder().decode(policy), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return policy;
        }
    }

    private Optional<Explained.Cause> regions(CredentialScope named) {
        for (String region : List.of("oss-" + named.region(), named.region() + "-internal")) {
            CredentialScope other = new CredentialScope(named.accessKeyId(), named.date(), region, named.product());
            if (matches(policy, Optional.of(other), key)) {
                return Optional.of(new Explained.Cause(
                        "Region",
                        "The signing key is that of the region " + ShownText.Quoted.of(region)
                                + " but x-oss-credential names " + ShownText.Quoted.of(named.region())
                                + "; sign for the region that it names."));
            }
        }
        return Optional.empty();
    }

    private boolean matches(String text, Optional<CredentialScope> scope, AccessKey signer) {
        String expected = scope.isPresent()
                ? SelfSignature.v4(text, scope.get(), signer, signingKeys)
                : SelfSignature.v1(text, signer);
        return ConstantTime.equal(expected, signature);
    }
}

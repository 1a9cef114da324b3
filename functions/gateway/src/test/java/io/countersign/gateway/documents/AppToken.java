package io.countersign.gateway.documents;

import io.countersign.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Base64;

/** A token of the identity provider in the pages' manifests, which has the key of RFC 8037, appendix A; its private half is there too. */
final class AppToken {
    private static final String PRIVATE = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";

    private AppToken() {}

    /** For the user alice, good for ten minutes. */
    static String make() throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        String content = base64url("{\"alg\":\"EdDSA\",\"kid\":\"1\"}") + "."
                + base64url("{\"iss\":\"https://login.example\",\"aud\":\"my-app\",\"sub\":\"alice\",\"iat\":" + now
                        + ",\"exp\":" + (now + 600) + "}");
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(
                KeyFactory.getInstance("Ed25519")
                        .generatePrivate(new EdECPrivateKeySpec(
                                NamedParameterSpec.ED25519,
                                Base64.getUrlDecoder().decode(PRIVATE))),
                Seeds.secure());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    private static String base64url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

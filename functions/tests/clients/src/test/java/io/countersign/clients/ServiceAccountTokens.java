package io.countersign.clients;

import io.countersign.json.JsonText;
import io.countersign.testkit.Seeds;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** The issuer of a Kubernetes cluster: its projected tokens of service accounts, signed by RS256, with the claims that the API server writes (kubernetes.io, "Service Account Token Volume Projection"). */
final class ServiceAccountTokens {
    private static final int BITS = 2_048;

    private final KeyPair keys;
    private final String issuer;

    ServiceAccountTokens(String issuer) {
        this.keys = Seeds.keys("RSA", new RSAKeyGenParameterSpec(BITS, RSAKeyGenParameterSpec.F4));
        this.issuer = issuer;
    }

    /** The token in the volume of a pod. */
    String of(String namespace, String account, String audience, Instant issued, Duration life)
            throws GeneralSecurityException {
        String head = JsonText.object(json -> json.put("alg", "RS256").put("kid", "cluster-key"));
        String claims = JsonText.object(json -> json.array("aud", all -> all.add(audience))
                .put("exp", issued.plus(life).getEpochSecond())
                .put("iat", issued.getEpochSecond())
                .put("iss", issuer)
                .put("jti", "0b5a4ba0-9d0c-4e5a-8d3b-5f0a5b0c1d2e")
                .object(
                        "kubernetes.io",
                        kubernetes -> kubernetes
                                .put("namespace", namespace)
                                .object(
                                        "node",
                                        node -> node.put("name", "node-1").put("uid", "1"))
                                .object(
                                        "pod",
                                        pod -> pod.put("name", account + "-1").put("uid", "2"))
                                .object(
                                        "serviceaccount",
                                        own -> own.put("name", account).put("uid", "3")))
                .put("nbf", issued.getEpochSecond())
                .put("sub", "system:serviceaccount:" + namespace + ":" + account));
        String content =
                base64(head.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate(), Seeds.secure());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + base64(signature.sign());
    }

    /** What the cluster answers at {@code /openid/v1/jwks}. */
    String jwks() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return JsonText.object(json -> json.array(
                "keys",
                all -> all.object(jwk -> jwk.put("use", "sig")
                        .put("kty", "RSA")
                        .put("kid", "cluster-key")
                        .put("alg", "RS256")
                        .put("n", base64(unsigned(key.getModulus())))
                        .put("e", base64(unsigned(key.getPublicExponent()))))));
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] octets = number.toByteArray();
        return octets[0] == 0 ? Arrays.copyOfRange(octets, 1, octets.length) : octets;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

package io.countersign.presign.callbacks;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * OSS's signature of a callback: RSA with MD5 over the decoded path, the query with its question mark, a line feed and the body.
 *
 * <p>It proves little. OSS's key has 512 bits, which can be factored for the price of a few hours of rented machines, and OSS signs for every bucket whatever body its uploader names. It
 * is checked because it is what OSS gives: the token in the body decides.
 *
 * @see <a href="https://www.alibabacloud.com/help/en/oss/developer-reference/callback">Callback, "Sign the callback request"</a>
 */
final class CallbackSignature {
    private static final Pattern PEM =
            Pattern.compile("\\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]{1,2048})-----END PUBLIC KEY-----\\s*");

    /** OSS's own key, {@code callback_pub_key_v1.pem}, has the least. */
    private static final int MIN_BITS = 512;

    private static final int MAX_BITS = 4096;

    private CallbackSignature() {}

    /** Reads the public key of a PEM file; empty unless it is one RSA key of 512 to 4,096 bits. */
    static Optional<PublicKey> key(byte[] pem) {
        Matcher file = PEM.matcher(new String(pem, StandardCharsets.ISO_8859_1));
        if (!file.matches()) {
            return Optional.empty();
        }
        try {
            byte[] encoded = Base64.getDecoder().decode(file.group(1).replaceAll("\\s", ""));
            PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded));
            return key instanceof RSAPublicKey rsa && isOfSize(rsa.getModulus().bitLength())
                    ? Optional.of(key)
                    : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isOfSize(int bits) {
        return bits >= MIN_BITS && bits <= MAX_BITS;
    }

    /**
     * Whether this is the key's signature of a call.
     *
     * @param target the decoded path, and the query with its question mark if there is one
     */
    static boolean matches(PublicKey key, String target, byte[] body, byte[] signature) {
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes(target.getBytes(StandardCharsets.UTF_8));
        signed.write('\n');
        signed.writeBytes(body);
        try {
            Signature check = Signature.getInstance("MD5withRSA");
            check.initVerify(key);
            check.update(signed.toByteArray());
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}

package io.countersign.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;

/**
 * A server's key on P-256, and a certificate of two days that it has signed for itself, made by the JDK's keytool.
 *
 * @param keyStore with both, under {@link #PASSWORD}
 * @param pem the file of the certificate
 * @param key in PEM
 */
public record SelfSigned(Path keyStore, Certificate certificate, Path pem, String key) {
    /** Of the key store and of the key in it. */
    public static final String PASSWORD = "changeit";

    private static final String ALIAS = "server";

    /**
     * Makes both.
     *
     * @param directory gets {@code NAME.p12} and {@code NAME.pem}
     * @param hosts as keytool takes them, such as {@code ip:127.0.0.1,dns:localhost}
     */
    public static SelfSigned made(Path directory, String name, String hosts)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "SAN=" + hosts,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new AssertionError(said);
        }
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Certificate certificate = keys.getCertificate(ALIAS);
        return new SelfSigned(
                store,
                certificate,
                Files.writeString(directory.resolve(name + ".pem"), pem("CERTIFICATE", certificate.getEncoded())),
                pem("PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + what
                + "-----\n";
    }
}

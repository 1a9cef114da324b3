package io.countersign.clients;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Ends TLS in front of a gateway, and passes the bytes on, with a certificate of its own for this machine. */
final class TlsFront implements AutoCloseable {
    static final String STORE_PASSWORD = "changeit";
    private static final String ALIAS = "front";

    private final Path keyStore;
    private final Path certificate;
    private final SSLServerSocket door;
    private final URI gateway;

    /** @param directory gets the key and the certificate */
    TlsFront(Path directory, String gatewayUrl) throws IOException, GeneralSecurityException, InterruptedException {
        this.gateway = URI.create(gatewayUrl);
        this.keyStore = made(directory.resolve("front.p12"));
        KeyStore keys = KeyStore.getInstance(keyStore.toFile(), STORE_PASSWORD.toCharArray());
        this.certificate = Files.writeString(
                directory.resolve("front.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(keys.getCertificate(ALIAS).getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, STORE_PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        this.door = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    private static Path made(Path store) throws IOException, InterruptedException {
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
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=ip:127.0.0.1,dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        STORE_PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new AssertionError(said);
        }
        return store;
    }

    /** Host and port, for clients that force https. */
    String authority() {
        return "127.0.0.1:" + door.getLocalPort();
    }

    /** The key and the certificate, as a key store with {@link #STORE_PASSWORD}. */
    Path keyStore() {
        return keyStore;
    }

    /** The certificate as PEM, which is its own authority. */
    Path certificate() {
        return certificate;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Thread.ofVirtual().start(() -> pass(client));
            } catch (IOException e) {
                // Closed, or a client went away.
            }
        }
    }

    private void pass(Socket client) {
        try (client;
                Socket server = new Socket(gateway.getHost(), gateway.getPort())) {
            Thread back = Thread.ofVirtual().start(() -> copy(server, client));
            copy(client, server);
            back.join();
        } catch (IOException | InterruptedException e) {
            // The client sees the connection close.
        }
    }

    private static void copy(Socket from, Socket to) {
        byte[] some = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            for (int length = in.read(some); length >= 0; length = in.read(some)) {
                to.getOutputStream().write(some, 0, length);
                to.getOutputStream().flush();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // One side has closed.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}

package io.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testkit.Debian;
import io.countersign.testkit.Ports;
import io.countersign.testkit.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** nginx with {@code infra/nginx/sts.conf} in front of a gateway, and a certificate of its own for this machine. A machine without nginx gets Debian's. */
final class StsNginx implements AutoCloseable {
    /** What the file needs around it. Workers of root are root's too, since they must reach the directory of the test. */
    private static final String AROUND = """
            daemon off;
            <USER>
            pid nginx.pid;
            error_log stderr;
            events {}
            http {
                access_log off;
                client_body_temp_path temp/body;
                proxy_temp_path temp/proxy;
                fastcgi_temp_path temp/fastcgi;
                uwsgi_temp_path temp/uwsgi;
                scgi_temp_path temp/scgi;
                include sts.conf;
            }
            """;

    private final SelfSigned front;
    private final int port = Ports.free();
    private final ProxyProcess process;

    /**
     * Returns once nginx listens.
     *
     * @param directory gets the key, the certificate and all that nginx writes
     * @param gateway {@code host:port}
     */
    StsNginx(Path directory, String gateway) throws IOException, GeneralSecurityException, InterruptedException {
        front = SelfSigned.made(directory, "front", "ip:127.0.0.1,dns:localhost");
        Path key = Files.writeString(directory.resolve("front.key"), front.key());
        String ours = Files.readString(ProxyProcess.INFRA.resolve("nginx/sts.conf"));
        ours = replaced(ours, "listen 443 ssl;", "listen 127.0.0.1:" + port + " ssl;");
        ours = replaced(ours, "/etc/nginx/sts.pem", front.pem().toString());
        ours = replaced(ours, "/etc/nginx/sts.key", key.toString());
        ours = replaced(ours, "http://127.0.0.1:8080;", "http://" + gateway + ";");
        Files.writeString(directory.resolve("sts.conf"), ours);
        Files.createDirectories(directory.resolve("temp"));
        boolean root = "root".equals(System.getProperty("user.name"));
        Path around = Files.writeString(
                directory.resolve("nginx.conf"), AROUND.replace("<USER>", root ? "user root root;" : ""));
        process = new ProxyProcess(
                List.of(program(), "-e", "stderr", "-p", directory.toString(), "-c", around.toString()),
                port,
                directory.resolve("nginx.out"),
                Optional.empty());
    }

    /** Names of this test in the place of a name of the file, which it must have once. */
    private static String replaced(String text, String name, String ours) {
        assertThat(text.split(Pattern.quote(name), -1)).as(name).hasSize(2);
        return text.replace(name, ours);
    }

    private static String program() throws IOException, InterruptedException {
        Optional<Path> installed = Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        return installed.isPresent()
                ? installed.get().toString()
                : Debian.unpack(Path.of("target"), "nginx")
                        .resolve("usr/sbin/nginx")
                        .toAbsolutePath()
                        .toString();
    }

    /** Host and port, for clients that force https. */
    String authority() {
        return "127.0.0.1:" + port;
    }

    /** The key and the certificate, as a key store with {@link SelfSigned#PASSWORD}. */
    Path keyStore() {
        return front.keyStore();
    }

    /** The certificate as PEM, which is its own authority. */
    Path certificate() {
        return front.pem();
    }

    /** For clients that trust the certificate alone. */
    SSLContext trust() throws GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try {
            trusted.load(null, null);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        trusted.setCertificateEntry("front", front.certificate());
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() {
        process.close();
    }
}

package io.countersign.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.oss.ClientBuilderConfiguration;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.common.comm.SignVersion;
import com.aliyun.oss.model.OSSObject;
import com.aliyun.oss.model.ObjectMetadata;
import io.countersign.gateway.guard.PrivateTokens;
import io.countersign.gateway.packaged.PackagedGateway;
import io.countersign.testkit.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An object that is larger than the gateway's memory passes in both directions, and the memory stays what it was. */
class LargeObjectIT {
    private static final int MIB = 1 << 20;
    /** 300 MiB, or what the build says: the profile "thorough" sends 5 GiB. */
    private static final long SIZE = Long.getLong("large.object.mib", 300) * MIB;

    private static final long WARM = 32L * MIB;
    /** What the process may grow by after the first 32 MiB: a tenth of the smallest object. */
    private static final long GROWTH = 32L * MIB;

    private final ScriptedStore store = new ScriptedStore();
    private PackagedGateway gateway;
    private OSS oss;

    @TempDir
    Path directory;

    LargeObjectIT() throws IOException {}

    @BeforeEach
    void start() throws IOException {
        int port = Ports.free();
        Path manifest = Files.writeString(directory.resolve("manifest.yaml"), StoreFixture.manifest(store));
        Path tokens = Files.writeString(
                directory.resolve("programs"), "proxy /auth " + PrivateTokens.sha256("a".repeat(43)) + "\n");
        Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-------"));
        gateway = PackagedGateway.serve(
                List.of(
                        // The whole heap from the start, so that what grows is outside of it.
                        "-Xms96m",
                        "-Xmx96m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        "-XX:MaxDirectMemorySize=64m",
                        "-Dcountersign.private.tokens=" + tokens),
                "serve",
                "--manifest",
                manifest.toString(),
                "--data",
                directory.resolve("data").toString(),
                "--port",
                "0",
                "--store-port",
                Integer.toString(port));
        ClientBuilderConfiguration configuration = new ClientBuilderConfiguration();
        configuration.setSignatureVersion(SignVersion.V4);
        configuration.setMaxErrorRetry(0);
        oss = OSSClientBuilder.create()
                .endpoint("http://127.0.0.1:" + port)
                .region("cn-hangzhou")
                .credentialsProvider(new DefaultCredentialProvider(StoreFixture.ALICE, StoreFixture.ALICE_SECRET))
                .clientConfiguration(configuration)
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        oss.shutdown();
        gateway.close();
        store.close();
    }

    @Test
    void anUploadNeedsNoMoreMemoryThanItsBeginning() throws IOException {
        store.answering(ScriptedStore.say("200 OK", Map.of("ETag", "\"e\""), ""));
        upload(WARM, true);
        upload(WARM, false);
        long before = peak();
        long checksum = combined(upload(SIZE, true));
        assertThat(store.last().length()).isEqualTo(SIZE);
        assertThat(store.last().whole()).isTrue();
        assertThat(store.checksum()).isEqualTo(checksum);
        upload(SIZE, false);
        assertThat(store.last().length()).isEqualTo(SIZE);
        assertThat(store.last().header("transfer-encoding")).isEqualTo("chunked");
        assertThat(peak() - before).as("bytes of growth").isLessThan(GROWTH);
    }

    /** What the store's checksum must be: it has seen both warm objects before this one. */
    private long combined(Generated last) {
        CRC32C all = new CRC32C();
        for (long size : List.of(WARM, WARM)) {
            Generated.into(all, size);
        }
        Generated.into(all, last.size);
        return all.getValue();
    }

    private Generated upload(long size, boolean withLength) {
        Generated content = new Generated(size);
        ObjectMetadata metadata = new ObjectMetadata();
        if (withLength) {
            metadata.setContentLength(size);
        }
        oss.putObject(StoreFixture.PRIVATE, "large", content, metadata);
        return content;
    }

    @Test
    void aDownloadNeedsNoMoreMemoryThanItsBeginning() throws IOException {
        download(WARM);
        long before = peak();
        CRC32C expected = new CRC32C();
        Generated.into(expected, SIZE);
        assertThat(download(SIZE)).isEqualTo(expected.getValue());
        assertThat(peak() - before).as("bytes of growth").isLessThan(GROWTH);
    }

    private long download(long size) throws IOException {
        store.answering((request, connection) -> send(size, connection));
        CRC32C got = new CRC32C();
        try (OSSObject object = oss.getObject(StoreFixture.PRIVATE, "large");
                InputStream content = object.getObjectContent()) {
            assertThat(object.getObjectMetadata().getContentLength()).isEqualTo(size);
            byte[] buffer = new byte[64 * 1024];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                got.update(buffer, 0, read);
            }
        }
        return got.getValue();
    }

    private static void send(long size, Socket connection) throws IOException {
        OutputStream out = connection.getOutputStream();
        out.write(("HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: " + size + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        new Generated(size).transferTo(out);
    }

    /** The most memory that the gateway's process has had, in bytes. */
    private long peak() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + gateway.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    /** So many bytes, of which no megabyte is like its neighbour. */
    private static final class Generated extends InputStream {
        final long size;
        private final byte[] piece = new byte[MIB];
        private long at;

        Generated(long size) {
            this.size = size;
        }

        static void into(CRC32C checksum, long size) {
            try (Generated content = new Generated(size)) {
                byte[] buffer = new byte[MIB];
                for (int read = content.read(buffer, 0, MIB); read >= 0; read = content.read(buffer, 0, MIB)) {
                    checksum.update(buffer, 0, read);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            if (at == size) {
                return -1;
            }
            int place = (int) (at % MIB);
            if (place == 0) {
                long megabyte = at / MIB;
                for (int i = 0; i < MIB; i++) {
                    piece[i] = (byte) (i * 31 + (i >> 8) + megabyte * 7);
                }
            }
            int count = (int) Math.min(Math.min(length, MIB - place), size - at);
            System.arraycopy(piece, place, into, from, count);
            at += count;
            return count;
        }
    }
}

package io.countersign.gateway.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.oss.ClientBuilderConfiguration;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.OSSException;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.common.comm.SignVersion;
import com.aliyun.oss.model.OSSObjectSummary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DemoIT {
    @TempDir
    private Path directory;

    @Test
    void everyPrintedLineWorksUnchanged() throws Exception {
        try (PackagedGateway demo = PackagedGateway.serve("demo", "--port", "0")) {
            Map<String, String> answers = answers(demo.output());
            assertThat(answers).hasSize(9);
            assertThat(answers.get("Check that the gateway is running")).isEqualTo("{\"status\":\"UP\"}");
            assertThat(answer(answers, "presigns a GET of their own object"))
                    .contains("/demo-private/users/ada/photo.jpg?", "\"expiration\":");
            assertThat(answer(answers, "refused the object of another user"))
                    .contains("\"status\":403", "\"code\":\"AccessDenied\"");
            assertThat(answer(answers, "Presign and open the URL"))
                    .contains("\"allowed\":true", "user/demo-signer", "\"trace\":[");
            assertThat(answer(answers, "Check a request with this presigned URL"))
                    .contains("\"allowed\":true", "V4 signature matches");
            assertThat(answer(answers, "another key is refused"))
                    .contains("\"allowed\":false", "\"code\":\"SignatureDoesNotMatch\"", "\"stringToSign\":");
            assertThat(answer(answers, "public-read bucket")).contains("\"allowed\":true", "bucket-acl");
            assertThat(answer(answers, "because of the object's ACL")).contains("\"allowed\":true", "object-acl");
            assertThat(answer(answers, "no other object of that bucket"))
                    .contains("\"allowed\":false", "\"code\":\"AccessDenied\"");
            assertThat(demo.errors()).isEmpty();
        }
    }

    @Test
    void everyLineWorksWithAToken() throws Exception {
        Path token = directory.resolve("token");
        PackagedGateway.Result made =
                PackagedGateway.run("private-token", "demo", "--faces", "/verify", "--out", token.toString());
        Path programs = Files.writeString(directory.resolve("programs"), made.out());
        Files.setPosixFilePermissions(programs, PosixFilePermissions.fromString("rw-------"));
        try (PackagedGateway demo =
                PackagedGateway.serve(List.of("-Dcountersign.private.tokens=" + programs), "demo", "--port", "0")) {
            assertThat(demo.output())
                    .contains("#   TOKEN=$(cat FILE)")
                    .doesNotContain(Files.readString(token).strip())
                    .doesNotContain(made.out().lines().toList().getLast().split(" ")[2]);
            Map<String, String> with = answers(demo.output(), "TOKEN=$(cat '" + token + "')\n");
            assertThat(with).hasSize(9);
            assertThat(answer(with, "Check a request with this presigned URL"))
                    .contains("\"allowed\":true", "V4 signature matches");
            assertThat(answer(with, "another key is refused")).contains("\"allowed\":false");
            assertThat(answer(with, "public-read bucket")).contains("\"allowed\":true", "bucket-acl");
            Map<String, String> without = answers(demo.output(), "");
            assertThat(answer(without, "public-read bucket")).contains("PrivateTokenRequired");
        }
    }

    @Test
    void theLinesOfTheStoreWorkInOneShell() throws Exception {
        try (PackagedGateway demo = PackagedGateway.serve("demo", "--store", "--port", "0")) {
            Map<String, String> answers = answersInOneShell(demo.output());
            assertThat(answers).hasSize(10);
            assertThat(answer(answers, "Put an object")).isEmpty();
            assertThat(answer(answers, "List what is below"))
                    .contains("<Name>demo-private</Name>", "<Key>shared/hello.txt</Key>", "<Size>12</Size>");
            assertThat(answer(answers, "Read it again")).isEqualTo("hello, store");
            assertThat(answer(answers, "refused the objects of another")).contains("<Code>AccessDenied</Code>");
            assertThat(answer(answers, "Upload in parts"))
                    .contains("<CompleteMultipartUploadResult>", "<Key>users/ada/film.txt</Key>");
            assertThat(answer(answers, "a session's key presigned")).isEqualTo("a film");
            assertThat(answer(answers, "Revoke the sessions")).contains("role/mobile-app");
            assertThat(answer(answers, "the same URL is refused")).contains("<Code>", "InvalidSecurityToken");
            assertThat(demo.output()).doesNotContain("store-of-");
            assertThat(demo.errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnmodifiedSdkUsesTheStore(SignVersion version) throws IOException {
        try (PackagedGateway demo = PackagedGateway.serve("demo", "--store", "--port", "0")) {
            OSS oss = sdk(demo, version);
            String bucket = printed(demo, "bucket");
            oss.putObject(bucket, "shared/a b.txt", new ByteArrayInputStream(new byte[] {1, 2}));
            try (InputStream content = oss.getObject(bucket, "shared/a b.txt").getObjectContent()) {
                assertThat(content.readAllBytes()).containsExactly(1, 2);
            }
            assertThat(oss.listObjects(bucket, "shared/").getObjectSummaries())
                    .extracting(OSSObjectSummary::getKey)
                    .containsExactly("shared/a b.txt");
            oss.copyObject(bucket, "shared/a b.txt", bucket, "shared/copy");
            oss.deleteObject(bucket, "shared/a b.txt");
            assertThat(oss.doesObjectExist(bucket, "shared/a b.txt")).isFalse();
            assertThat(oss.doesObjectExist(bucket, "shared/copy")).isTrue();
            assertRefused(oss, bucket);
            oss.shutdown();
        }
    }

    @Test
    void theStoreEndsWithTheDemoAndLeavesNothing() throws Exception {
        try (PackagedGateway demo = serveIn(directory, "demo", "--store", "--port", "0")) {
            assertThat(directory).isNotEmptyDirectory();
            List<ProcessHandle> children =
                    ProcessHandle.of(demo.pid()).orElseThrow().descendants().toList();
            assertThat(children).isNotEmpty();
            demo.stop();
            assertThat(children).noneMatch(ProcessHandle::isAlive);
        }
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource
    void anUnmodifiedSdkSeesTheDecision(SignVersion version) throws IOException {
        try (PackagedGateway demo = PackagedGateway.serve("demo", "--port", "0")) {
            OSS oss = sdk(demo, version);
            String bucket = printed(demo, "bucket");
            oss.putObject(bucket, "shared/a b.txt", new ByteArrayInputStream(new byte[] {1}));
            try (InputStream content = oss.getObject(bucket, "shared/a b.txt").getObjectContent()) {
                assertThat(new String(content.readAllBytes(), StandardCharsets.UTF_8))
                        .contains("\"allowed\":true", "user/demo-user", "\"trace\":[");
            }
            assertRefused(oss, bucket);
            oss.shutdown();
        }
    }

    @Test
    void leavesNothingBehind() throws IOException {
        try (PackagedGateway demo = serveIn(directory, "demo", "--port", "0")) {
            assertThat(directory).isNotEmptyDirectory();
            demo.stop();
            assertThat(demo.errors()).isEmpty();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void isRefusedOffLoopback() {
        PackagedGateway.Result result = PackagedGateway.run("demo", "--host", "0.0.0.0", "--port", "0");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.errors()).singleElement().asString().contains("DemoOffLoopback");
    }

    private static OSS sdk(PackagedGateway demo, SignVersion version) {
        ClientBuilderConfiguration configuration = new ClientBuilderConfiguration();
        configuration.setSignatureVersion(version);
        return OSSClientBuilder.create()
                .endpoint(printed(demo, "endpoint"))
                .region(printed(demo, "region"))
                .credentialsProvider(
                        new DefaultCredentialProvider(printed(demo, "AccessKeyId"), printed(demo, "AccessKeySecret")))
                .clientConfiguration(configuration)
                .build();
    }

    private static void assertRefused(OSS oss, String bucket) {
        assertThatThrownBy(() -> oss.getObject(bucket, "users/ada/photo.jpg"))
                .isInstanceOfSatisfying(
                        OSSException.class,
                        refusal -> assertThat(refusal.getErrorCode()).isEqualTo("AccessDenied"));
    }

    private static String printed(PackagedGateway demo, String name) {
        return demo.output()
                .lines()
                .filter(line -> line.startsWith("#   " + name + " "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing is printed of " + name));
    }

    /** The answer to each line that begins with curl, by the comment before it. */
    private static Map<String, String> answers(String output) throws Exception {
        return answers(output, "");
    }

    /** @param before what the shell has read already */
    private static Map<String, String> answers(String output, String before) throws Exception {
        Map<String, String> answers = new LinkedHashMap<>();
        String comment = "";
        for (String line : output.lines().toList()) {
            if (line.startsWith("curl ")) {
                answers.put(comment, shell(before + line));
            } else if (line.startsWith("# ")) {
                comment = line.substring(2);
            }
        }
        return answers;
    }

    /** The output of the lines after each comment, pasted into one shell in the repository. */
    /** A heading is one comment; the indented comments below one are its details. */
    private static Map<String, String> answersInOneShell(String output) throws Exception {
        String marker = "---- ";
        StringBuilder script = new StringBuilder("cd ../..\n");
        for (String line : output.lines()
                .takeWhile(line -> !line.startsWith("countersign: ready"))
                .toList()) {
            script.append(
                            line.startsWith("# ") && !line.startsWith("#  ")
                                    ? "echo '" + marker + line.substring(2).replace("'", "'\\''") + "'"
                                    : line)
                    .append('\n');
        }
        Map<String, String> answers = new LinkedHashMap<>();
        for (String part : shell(script.toString()).split("(?m)^" + marker)) {
            int end = part.indexOf('\n');
            answers.put(
                    end < 0 ? part : part.substring(0, end),
                    end < 0 ? "" : part.substring(end + 1).strip());
        }
        answers.remove("");
        return answers;
    }

    private static String answer(Map<String, String> answers, String about) {
        return answers.entrySet().stream()
                .filter(entry -> entry.getKey().contains(about))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line about " + about + " in " + answers.keySet()));
    }

    private static String shell(String line) throws Exception {
        Process process =
                new ProcessBuilder("sh", "-c", line).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(line).isZero();
        return output.strip();
    }

    /** In the machine's own directory for temporary files other demos come and go. */
    private static PackagedGateway serveIn(Path temporary, String... arguments) {
        return PackagedGateway.serve(List.of("-Djava.io.tmpdir=" + temporary), arguments);
    }
}

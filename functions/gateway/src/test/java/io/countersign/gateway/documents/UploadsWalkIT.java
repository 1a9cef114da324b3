package io.countersign.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testkit.Ports;
import io.countersign.upstream.s3.S3Proxy;
import io.countersign.upstream.s3.S3Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/uploads.md, on the manifest of docs/manifest.md with S3Proxy behind its bucket and an upload of each kind. */
class UploadsWalkIT extends WalkContract {
    private static final String PAGE = "docs/uploads.md";
    private static final String ASK = "Ask";
    private static final String PUT = "Put";
    private static final String FORM = "Form";
    private static final String MULTIPART = "Multipart";
    private static final String PHYSICAL = "physical-examplebucket";
    private static final String AUTHORIZED = " -H \"Authorization: Bearer $TOKEN\"";

    @TempDir
    Path store;

    private S3Proxy proxy;

    UploadsWalkIT() {
        super(PAGE, ASK, PUT, FORM, MULTIPART);
    }

    @BeforeEach
    void serve() throws Exception {
        proxy = S3Proxy.start(store);
        proxy.create(PHYSICAL);
        int storePort = Ports.free();
        Files.writeString(directory.resolve("manifest.yaml"), manifest(storePort));
        run("COUNTERSIGN=http://127.0.0.1:8080 TOKEN=" + AppToken.make());
        run("head -c 48213 /dev/urandom > me.png; head -c 20000000 /dev/urandom > video.mp4");
        run(SERVE.replace("--port 8080", "--port 8080 --store-port " + storePort));
    }

    @AfterEach
    void stopStore() {
        proxy.close();
    }

    private String manifest(int storePort) throws Exception {
        String cors = Documents.manifest(PAGE)
                .lines()
                .map(line -> "      " + line + "\n")
                .collect(Collectors.joining());
        String bucket = "        endpoint: https://{bucket}.oss-{region}.aliyuncs.com\n";
        String behind = """
                    endpoint: http://127.0.0.1:%d
                    upstream: {protocol: s3, endpoint: "%s", region: %s, bucket: %s, pathStyle: true, accessKey: {id: %s, secret: %s}}
            """.formatted(
                        storePort,
                        proxy.endpoint(),
                        S3Server.REGION,
                        PHYSICAL,
                        S3Server.KEY.id(),
                        S3Server.KEY.secret().reveal());
        String uploads = """
                  - {name: picture, bucket: examplebucket, role: avatar-upload, key: "avatars/${jwt:sub}/${uuid}${ext}", contentTypes: [image/png], maxBytes: 50000, as: form}
                  - {name: video, bucket: examplebucket, role: avatar-upload, key: "avatars/${jwt:sub}/${uuid}${ext}", contentTypes: [video/mp4], maxBytes: 100000000, as: multipart}
            """;
        String manifest = Documents.manifest("docs/manifest.md");
        assertThat(manifest).contains(bucket);
        return manifest.replace(bucket, behind + cors) + uploads;
    }

    @Test
    void aFileIsPut() throws Exception {
        walk(ASK);
        walk(PUT);
        assertThat(stored()).singleElement().satisfies(file -> assertThat(file).hasSameBinaryContentAs(file("me.png")));
        String put = "curl -sT %s \"$URL\" -H 'Content-Type: %s'";
        assertThat(run(put.formatted("video.mp4", "image/png"))).contains("<Code>SignatureDoesNotMatch</Code>");
        assertThat(run(put.formatted("me.png", "text/html"))).contains("<Code>SignatureDoesNotMatch</Code>");
        assertThat(run(put.formatted("- < me.png", "image/png")))
                .as("in chunks")
                .contains("<Code>SignatureDoesNotMatch</Code>");
        assertThat(stored()).singleElement().satisfies(file -> assertThat(file).hasSameBinaryContentAs(file("me.png")));
        assertThat(run("curl -s -X OPTIONS -D - \"$URL\" -H 'Origin: https://app.example.com' -H"
                        + " 'Access-Control-Request-Method: PUT' -H 'Access-Control-Request-Headers: content-type'"))
                .contains(" 200 ", "https://app.example.com", "ETag");
    }

    @Test
    void aFormIsPosted() throws Exception {
        walk(FORM);
        assertThat(stored()).singleElement().satisfies(file -> assertThat(file).hasSameBinaryContentAs(file("me.png")));
        assertThat(run("curl -s -K fields -F file=@video.mp4 \"$URL\"")).contains("<Code>EntityTooLarge</Code>");
        assertThat(run("curl -s -K fields -F file=@/dev/null \"$URL\"")).contains("<Code>EntityTooSmall</Code>");
    }

    @Test
    void partsAreUploadedAndCompletedAndAskedForAgain() throws Exception {
        walk(MULTIPART);
        assertThat(stored())
                .singleElement()
                .satisfies(file -> assertThat(file).hasSameBinaryContentAs(file("video.mp4")));
        assertThat(run("curl -s -X POST \"$COMPLETE_URL\"" + AUTHORIZED)).contains("\"size\":20000000");
    }

    /** The paths of Companion are those of the page's table. */
    @Test
    void thePathsOfCompanionAnswer() throws Exception {
        assertThat(Documents.rows(PAGE, "| path below `/uploads/NAME/` | answers |"))
                .hasSize(6)
                .satisfiesExactly(
                        row -> assertThat(row).contains("`GET s3/params?filename=&type=`"),
                        row -> assertThat(row).contains("`POST s3/multipart`", "`key`, `uploadId`, `bucket`"),
                        row -> assertThat(row).contains("`GET s3/multipart/ID`"),
                        row -> assertThat(row).contains("`GET s3/multipart/ID/NUMBER`", "batch?partNumbers=1,2"),
                        row -> assertThat(row)
                                .contains("`POST s3/multipart/ID/complete`", "`location`, `key`, `bucket`"),
                        row -> assertThat(row).contains("`DELETE s3/multipart/ID`", "`{}`"));
        assertThat(run("curl -s \"$COUNTERSIGN/uploads/avatar/s3/params?filename=me.png&type=image/png\"" + AUTHORIZED))
                .startsWith("{\"method\":\"POST\",\"url\":\"http")
                .contains("\"x-oss-content-type\":\"image/png\"");
        String create = " -H 'Content-Type: application/json' -d"
                + " '{\"filename\":\"video.mp4\",\"type\":\"video/mp4\",\"metadata\":{}}'";
        assertThat(run("CREATED=$(curl -s \"$COUNTERSIGN/uploads/video/s3/multipart\"" + AUTHORIZED + create
                        + "); echo \"$CREATED\""))
                .matches(
                        "\\{\"key\":\"avatars/alice/[^\"]+\\.mp4\",\"uploadId\":\"[^\"]+\",\"bucket\":\"examplebucket\"}");
        run("ID=$COUNTERSIGN/uploads/video/s3/multipart/$(printf %s \"$CREATED\" | sed"
                + " 's/.*\"uploadId\":\"\\([^\"]*\\)\".*/\\1/')");
        assertThat(run("curl -s \"$ID/batch?partNumbers=1,2\"" + AUTHORIZED))
                .startsWith("{\"presignedUrls\":{\"1\":\"http")
                .contains(",\"2\":\"http");
        run("head -c 1000 me.png > one; curl -fsST one \"$(curl -s \"$ID/1\"" + AUTHORIZED
                + " | sed 's/.*\"url\":\"\\([^\"]*\\)\".*/\\1/')\"");
        assertThat(run("PARTS=$(curl -s \"$ID\"" + AUTHORIZED + "); echo \"$PARTS\""))
                .matches("\\[\\{\"PartNumber\":1,\"Size\":1000,\"ETag\":\".*\"}]");
        assertThat(run("curl -s \"$ID/complete\"" + AUTHORIZED
                        + " -H 'Content-Type: application/json' -d \"{\\\"parts\\\":$PARTS}\""))
                .matches(
                        "\\{\"location\":\"http[^\"]+\\.mp4\",\"key\":\"avatars/alice/[^\"]+\",\"bucket\":\"examplebucket\"}");
        assertThat(stored()).singleElement().satisfies(file -> assertThat(file).hasSize(1_000));
        run("CREATED=$(curl -s \"$COUNTERSIGN/uploads/video/s3/multipart\"" + AUTHORIZED + create + ")");
        assertThat(run("curl -s -X DELETE \"$COUNTERSIGN/uploads/video/s3/multipart/$(printf %s \"$CREATED\" | sed"
                        + " 's/.*\"uploadId\":\"\\([^\"]*\\)\".*/\\1/')\"" + AUTHORIZED))
                .isEqualTo("{}");
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    /** The objects of alice, as files of the store. */
    private List<Path> stored() throws Exception {
        try (Stream<Path> files = Files.list(store.resolve("objects/" + PHYSICAL + "/avatars/alice"))) {
            return files.toList();
        }
    }
}

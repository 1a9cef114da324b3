package io.countersign.gateway.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests that nobody signed: the object's ACL decides, or the bucket's where the object has none. */
@ExtendWith(WorldParameter.class)
class AnonymousIT {
    private final World world;

    AnonymousIT(World world) {
        this.world = world;
    }

    @BeforeEach
    void objects() throws Exception {
        world.storage.seed(WorldManifest.PRIVATE, "private.txt", "private");
        world.storage.seed(WorldManifest.PRIVATE, "public/readme.txt", "readme");
        world.storage.seed(WorldManifest.PUBLIC, "open.txt", "open");
        world.storage.seed(WorldManifest.PUBLIC, "hidden.txt", "hidden");
        world.storage.seed(WorldManifest.POSTBOX, "letter.txt", "letter");
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        return world.send(HttpRequest.newBuilder(URI.create(world.storage.endpoint() + path))
                .method(
                        method,
                        method.equals("PUT")
                                ? HttpRequest.BodyPublishers.ofString("x")
                                : HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private void refused(String method, String path) throws Exception {
        HttpResponse<String> answer = send(method, path);
        assertThat(answer.statusCode()).as(method + " " + path).isEqualTo(403);
        assertThat(answer.body()).contains("<Code>AccessDenied</Code>");
    }

    @Test
    void aPublicBucketIsRead() throws Exception {
        assertThat(send("GET", "/" + WorldManifest.PUBLIC + "/open.txt").body()).isEqualTo("open");
        assertThat(send("HEAD", "/" + WorldManifest.PUBLIC + "/open.txt").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aPrivateObjectInAPublicBucketIsNot() throws Exception {
        refused("GET", "/" + WorldManifest.PUBLIC + "/hidden.txt");
    }

    @Test
    void aPublicObjectInAPrivateBucketIsRead() throws Exception {
        assertThat(send("GET", "/" + WorldManifest.PRIVATE + "/public/readme.txt")
                        .body())
                .isEqualTo("readme");
    }

    @Test
    void aPrivateBucketIsNot() throws Exception {
        refused("GET", "/" + WorldManifest.PRIVATE + "/private.txt");
        HttpResponse<String> head = send("HEAD", "/" + WorldManifest.PRIVATE + "/private.txt");
        assertThat(head.statusCode()).isEqualTo(403);
        String document = new String(Base64.getDecoder()
                .decode(head.headers().firstValue("x-oss-err").orElseThrow()));
        assertThat(document).contains("<Code>AccessDenied</Code>");
    }

    @Test
    void readingIsNotWriting() throws Exception {
        refused("PUT", "/" + WorldManifest.PUBLIC + "/open.txt");
        refused("DELETE", "/" + WorldManifest.PUBLIC + "/open.txt");
        refused("PUT", "/" + WorldManifest.PRIVATE + "/public/readme.txt");
        assertThat(send("GET", "/" + WorldManifest.PUBLIC + "/open.txt").body()).isEqualTo("open");
    }

    @Test
    void aPublicReadWriteBucketIsWritten() throws Exception {
        assertThat(send("PUT", "/" + WorldManifest.POSTBOX + "/new.txt").statusCode())
                .isEqualTo(200);
        assertThat(send("GET", "/" + WorldManifest.POSTBOX + "/new.txt").body()).isEqualTo("x");
        assertThat(send("DELETE", "/" + WorldManifest.POSTBOX + "/new.txt").statusCode())
                .isEqualTo(204);
    }

    @Test
    void noAclOpensListingOrTheService() throws Exception {
        refused("GET", "/");
        refused("GET", "/" + WorldManifest.PUBLIC);
        refused("GET", "/" + WorldManifest.POSTBOX + "?list-type=2");
        refused("GET", "/" + WorldManifest.PUBLIC + "/open.txt?acl");
    }

    @Test
    void noAclLetsAnyoneChangeAcls() throws Exception {
        for (String path : new String[] {"/letter.txt", "/letter.txt?acl"}) {
            HttpRequest put = HttpRequest.newBuilder(
                            URI.create(world.storage.endpoint() + "/" + WorldManifest.POSTBOX + path))
                    .header("x-oss-object-acl", "public-read-write")
                    .PUT(HttpRequest.BodyPublishers.ofString("x"))
                    .build();
            assertThat(world.send(put).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void subResourcesThatDoNotGoTogetherAreRefused() throws Exception {
        assertThat(send("GET", "/" + WorldManifest.PUBLIC + "/open.txt?acl&tagging")
                        .statusCode())
                .isBetween(400, 405);
    }
}

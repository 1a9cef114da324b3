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
@ExtendWith(AppStorageParameter.class)
class AnonymousIT {
    private final AppStorage guarded;

    AnonymousIT(AppStorage guarded) {
        this.guarded = guarded;
    }

    @BeforeEach
    void objects() throws Exception {
        guarded.storage.seed(GuardedStorageManifest.PRIVATE, "private.txt", "private");
        guarded.storage.seed(GuardedStorageManifest.PRIVATE, "public/readme.txt", "readme");
        guarded.storage.seed(GuardedStorageManifest.PUBLIC, "open.txt", "open");
        guarded.storage.seed(GuardedStorageManifest.PUBLIC, "hidden.txt", "hidden");
        guarded.storage.seed(GuardedStorageManifest.POSTBOX, "letter.txt", "letter");
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        return guarded.send(HttpRequest.newBuilder(URI.create(guarded.storage.endpoint() + path))
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
        assertThat(send("GET", "/" + GuardedStorageManifest.PUBLIC + "/open.txt")
                        .body())
                .isEqualTo("open");
        assertThat(send("HEAD", "/" + GuardedStorageManifest.PUBLIC + "/open.txt")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aPrivateObjectInAPublicBucketIsNot() throws Exception {
        refused("GET", "/" + GuardedStorageManifest.PUBLIC + "/hidden.txt");
    }

    @Test
    void aPublicObjectInAPrivateBucketIsRead() throws Exception {
        assertThat(send("GET", "/" + GuardedStorageManifest.PRIVATE + "/public/readme.txt")
                        .body())
                .isEqualTo("readme");
    }

    @Test
    void aPrivateBucketIsNot() throws Exception {
        refused("GET", "/" + GuardedStorageManifest.PRIVATE + "/private.txt");
        HttpResponse<String> head = send("HEAD", "/" + GuardedStorageManifest.PRIVATE + "/private.txt");
        assertThat(head.statusCode()).isEqualTo(403);
        String document = new String(Base64.getDecoder()
                .decode(head.headers().firstValue("x-oss-err").orElseThrow()));
        assertThat(document).contains("<Code>AccessDenied</Code>");
    }

    @Test
    void readingIsNotWriting() throws Exception {
        refused("PUT", "/" + GuardedStorageManifest.PUBLIC + "/open.txt");
        refused("DELETE", "/" + GuardedStorageManifest.PUBLIC + "/open.txt");
        refused("PUT", "/" + GuardedStorageManifest.PRIVATE + "/public/readme.txt");
        assertThat(send("GET", "/" + GuardedStorageManifest.PUBLIC + "/open.txt")
                        .body())
                .isEqualTo("open");
    }

    @Test
    void aPublicReadWriteBucketIsWritten() throws Exception {
        assertThat(send("PUT", "/" + GuardedStorageManifest.POSTBOX + "/new.txt")
                        .statusCode())
                .isEqualTo(200);
        assertThat(send("GET", "/" + GuardedStorageManifest.POSTBOX + "/new.txt")
                        .body())
                .isEqualTo("x");
        assertThat(send("DELETE", "/" + GuardedStorageManifest.POSTBOX + "/new.txt")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void noAclOpensListingOrTheService() throws Exception {
        refused("GET", "/");
        refused("GET", "/" + GuardedStorageManifest.PUBLIC);
        refused("GET", "/" + GuardedStorageManifest.POSTBOX + "?list-type=2");
        refused("GET", "/" + GuardedStorageManifest.PUBLIC + "/open.txt?acl");
    }

    @Test
    void noAclLetsAnyoneChangeAcls() throws Exception {
        for (String path : new String[] {"/letter.txt", "/letter.txt?acl"}) {
            HttpRequest put = HttpRequest.newBuilder(
                            URI.create(guarded.storage.endpoint() + "/" + GuardedStorageManifest.POSTBOX + path))
                    .header("x-oss-object-acl", "public-read-write")
                    .PUT(HttpRequest.BodyPublishers.ofString("x"))
                    .build();
            assertThat(guarded.send(put).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void subResourcesThatDoNotGoTogetherAreRefused() throws Exception {
        assertThat(send("GET", "/" + GuardedStorageManifest.PUBLIC + "/open.txt?acl&tagging")
                        .statusCode())
                .isBetween(400, 405);
    }
}

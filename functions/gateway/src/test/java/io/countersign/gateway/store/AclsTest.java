package io.countersign.gateway.store;

import static io.countersign.gateway.store.ScriptedStore.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.server.RawConnection;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ACLs are the registry's: no store learns of one, and no moment opens an object further than before and after. */
class AclsTest {
    private static final String SHOWN = "/examplebucket/shown.txt";

    private StoreFixture fixture;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        fixture = StoreFixture.started(Map.of());
        client = new Client(fixture.url());
        fixture.store.answering(say("200 OK", Map.of("ETag", "\"e\""), ""));
    }

    @AfterEach
    void stop() throws IOException {
        fixture.close();
    }

    private int anonymously(String target) throws IOException {
        try (RawConnection wire = RawConnection.open(fixture.url())) {
            String answer = wire.send("GET " + target + " HTTP/1.1\r\nHost: "
                            + fixture.url().substring(7) + "\r\n\r\n")
                    .answer();
            return Integer.parseInt(answer.substring(9, 12));
        }
    }

    private String acl(String method, String target, String acl) throws IOException {
        return client.send(method, target, acl.isEmpty() ? Map.of() : Map.of("x-oss-object-acl", acl), "");
    }

    @Test
    void theAclOfAnObjectIsSetAndReadWithoutTheStore() throws Exception {
        assertThat(anonymously("/examplebucket/a.txt")).isEqualTo(403);
        assertThat(acl("PUT", "/examplebucket/a.txt?acl", "public-read")).startsWith("HTTP/1.1 200 ");
        assertThat(fixture.store.received)
                .allMatch(got -> got.method().equals("HEAD") && !got.target().contains("acl"));
        assertThat(anonymously("/examplebucket/a.txt")).isEqualTo(200);
        assertThat(acl("GET", "/examplebucket/a.txt?acl", ""))
                .startsWith("HTTP/1.1 200 ")
                .contains("<Grant>public-read</Grant>");
        assertThat(acl("PUT", "/examplebucket/a.txt?acl", "private")).startsWith("HTTP/1.1 200 ");
        assertThat(anonymously("/examplebucket/a.txt")).isEqualTo(403);
    }

    @Test
    void anObjectThatIsNotThereHasNoAcl() throws Exception {
        fixture.store.answering(say("404 Not Found", Map.of(), ""));
        assertThat(acl("PUT", "/examplebucket/a.txt?acl", "public-read"))
                .startsWith("HTTP/1.1 404 ")
                .contains("<Code>NoSuchKey</Code>");
        assertThat(acl("GET", "/examplebucket/a.txt?acl", "")).startsWith("HTTP/1.1 404 ");
        fixture.store.answering(say("200 OK", Map.of(), ""));
        assertThat(anonymously("/examplebucket/a.txt")).isEqualTo(403);
        fixture.store.answering(say("403 Forbidden", Map.of(), ""));
        assertThat(acl("PUT", "/examplebucket/a.txt?acl", "public-read")).startsWith("HTTP/1.1 503 ");
    }

    @Test
    void theAclOfABucketIsSetAndReadWithoutTheStore() throws Exception {
        assertThat(client.send("PUT", "/publicbucket/?acl", Map.of("x-oss-acl", "private"), ""))
                .startsWith("HTTP/1.1 200 ");
        assertThat(anonymously("/publicbucket/a.txt")).isEqualTo(403);
        assertThat(client.send("GET", "/publicbucket/?acl", Map.of(), ""))
                .contains("<Grant>private</Grant>")
                .contains("<ID>" + StoreFixture.ACCOUNT + "</ID>");
        assertThat(client.send("PUT", "/publicbucket/?acl", Map.of("x-oss-acl", "private"), "<AccessControlPolicy/>"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(fixture.store.received).isEmpty();
    }

    @Test
    void anUploadTakesItsAclAndTheStoreDoesNotGetIt() throws Exception {
        assertThat(acl("PUT", "/examplebucket/a.txt", "public-read")).startsWith("HTTP/1.1 200 ");
        assertThat(fixture.store.last().headers()).doesNotContainKey("x-oss-object-acl");
        assertThat(anonymously("/examplebucket/a.txt")).isEqualTo(200);
        assertThat(acl("PUT", "/examplebucket/a.txt", "")).startsWith("HTTP/1.1 200 ");
        assertThat(anonymously("/examplebucket/a.txt")).isEqualTo(403);
    }

    @Test
    void anUploadThatFailsOpensNothing() throws Exception {
        fixture.store.answering(say("500 Internal Server Error", Map.of(), ""));
        assertThat(acl("PUT", "/examplebucket/a.txt", "public-read")).doesNotStartWith("HTTP/1.1 200 ");
        fixture.store.answering(say("200 OK", Map.of("ETag", "\"e\""), ""));
        assertThat(anonymously("/examplebucket/a.txt")).isEqualTo(403);
    }

    @Test
    void whatExposesLessIsThereBeforeTheStoreHasTheNewContent() throws Exception {
        List<Integer> during = new CopyOnWriteArrayList<>();
        fixture.store.answering((request, connection) -> {
            if (request.method().equals("PUT")) {
                fixture.store.answering(say("200 OK", Map.of("ETag", "\"e\""), ""));
                during.add(anonymously(SHOWN));
            }
            say("200 OK", Map.of("ETag", "\"e\""), "").answer(request, connection);
        });
        assertThat(anonymously(SHOWN)).isEqualTo(200);
        assertThat(acl("PUT", SHOWN, "")).startsWith("HTTP/1.1 200 ");
        assertThat(during).containsExactly(403);
        assertThat(anonymously(SHOWN)).isEqualTo(403);
    }

    @Test
    void whatExposesMoreIsThereOnlyAfterwards() throws Exception {
        List<Integer> during = new CopyOnWriteArrayList<>();
        fixture.store.answering((request, connection) -> {
            if (request.method().equals("PUT")) {
                fixture.store.answering(say("200 OK", Map.of("ETag", "\"e\""), ""));
                during.add(anonymously("/publicbucket/hidden.txt"));
            }
            say("200 OK", Map.of("ETag", "\"e\""), "").answer(request, connection);
        });
        assertThat(anonymously("/publicbucket/hidden.txt")).isEqualTo(403);
        assertThat(acl("PUT", "/publicbucket/hidden.txt", "")).startsWith("HTTP/1.1 200 ");
        assertThat(during).containsExactly(403);
        assertThat(anonymously("/publicbucket/hidden.txt")).isEqualTo(200);
    }

    @Test
    void deletedObjectsLeaveNoAcl() throws Exception {
        fixture.store.answering(say("204 No Content", Map.of(), ""));
        assertThat(acl("DELETE", SHOWN, "")).startsWith("HTTP/1.1 204 ");
        fixture.store.answering(say("200 OK", Map.of("ETag", "\"e\""), ""));
        assertThat(anonymously(SHOWN)).isEqualTo(403);
        assertThat(acl("PUT", "/examplebucket/b.txt?acl", "public-read")).startsWith("HTTP/1.1 200 ");
        assertThat(anonymously("/examplebucket/b.txt")).isEqualTo(200);
        fixture.store.answering(say("200 OK", Map.of("Content-Type", "application/xml"), "<DeleteResult/>"));
        assertThat(client.send(
                        "POST",
                        "/examplebucket/?delete",
                        Map.of(),
                        "<Delete><Object><Key>a</Key></Object><Object><Key>b.txt</Key></Object></Delete>"))
                .startsWith("HTTP/1.1 200 ");
        fixture.store.answering(say("200 OK", Map.of("ETag", "\"e\""), ""));
        assertThat(anonymously("/examplebucket/b.txt")).isEqualTo(403);
    }

    /** The registry has one ACL for an object, which is that of its current version. */
    @Test
    void onlyTheCurrentVersionHasAnAcl() throws Exception {
        assertThat(acl("GET", "/examplebucket/shown.txt?acl&versionId=null", ""))
                .startsWith("HTTP/1.1 200 ")
                .contains("<Grant>public-read</Grant>");
        fixture.store.answering(say("200 OK", Map.of("x-oss-version-id", "two"), ""));
        assertThat(acl("GET", "/examplebucket/shown.txt?acl&versionId=two", ""))
                .startsWith("HTTP/1.1 200 ")
                .contains("<Grant>public-read</Grant>");
        for (String other : List.of("one", "null")) {
            assertThat(acl("GET", "/examplebucket/shown.txt?acl&versionId=" + other, ""))
                    .startsWith("HTTP/1.1 501 ")
                    .contains("Only the current version has an ACL here")
                    .doesNotContain("<Grant>");
        }
        assertThat(fixture.store.last().target()).isEqualTo("/physical-examplebucket/shown.txt");
        assertThat(acl("GET", "/s3private/a.txt?acl&versionId=null", "")).startsWith("HTTP/1.1 501 ");
    }

    @Test
    void whatNobodyCouldRecordIsNotImplemented() throws Exception {
        assertThat(acl("POST", "/examplebucket/a.txt?uploads", "public-read")).startsWith("HTTP/1.1 501 ");
        assertThat(acl("PUT", "/examplebucket/a.txt?acl&versionId=1", "public-read"))
                .startsWith("HTTP/1.1 501 ");
        assertThat(fixture.store.received).isEmpty();
        assertThat(acl("POST", "/examplebucket/a.txt?uploadId=1", "public-read"))
                .startsWith("HTTP/1.1 ");
        assertThat(fixture.store.last().headers()).doesNotContainKey("x-oss-object-acl");
    }
}

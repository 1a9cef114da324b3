package io.countersign.gateway.store;

import static io.countersign.gateway.store.ScriptedStore.raw;
import static io.countersign.gateway.store.ScriptedStore.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.server.RawConnection;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of an S3 store whose document says more than their head: the ETag, or that the request failed after all. */
class DocumentsOfS3Test {
    @RegisterExtension
    private static final StoreFixture fixture = new StoreFixture();

    private static Client client;

    @BeforeAll
    static void start() {
        client = new Client(fixture.url());
    }

    @ParameterizedTest
    @EnumSource
    void anETagIsInTheHeadToo(S3Write request) throws IOException {
        fixture.store.answering(say("200 OK", Map.of(), request.document()));
        assertThat(request.send(client, Map.of()))
                .startsWith("HTTP/1.1 200 ")
                .containsIgnoringCase("\r\netag: \"a-1\"\r\n")
                .contains("<ETag>&quot;a-1&quot;</ETag>", "<" + request.root + ">");
    }

    /** S3 sends the head and white space while it copies. */
    @ParameterizedTest
    @EnumSource
    void aStoreThatTakesItsTimeIsWaitedFor(S3Write request) throws IOException {
        String declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
        fixture.store.answering((got, connection) -> {
            raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").answer(got, connection);
            for (String piece : new String[] {declaration, "  ", "  ", request.document(), ""}) {
                raw(Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n")
                        .answer(got, connection);
            }
        });
        assertThat(request.send(client, Map.of()))
                .startsWith("HTTP/1.1 200 ")
                .containsIgnoringCase("\r\netag: \"a-1\"\r\n")
                .doesNotContainIgnoringCase("transfer-encoding");
    }

    @ParameterizedTest
    @EnumSource
    void anErrorWithin200IsTheErrorOfOss(S3Write request) throws IOException {
        fixture.store.answering(
                say("200 OK", Map.of(), "<Error><Code>InternalError</Code><Message>physical</Message></Error>"));
        assertThat(request.send(client, Map.of()))
                .startsWith("HTTP/1.1 500 ")
                .contains("<Code>InternalError</Code>")
                .doesNotContain("physical")
                .doesNotContainIgnoringCase("etag");
    }

    @ParameterizedTest
    @EnumSource
    void aDocumentWithoutAnETagIs503(S3Write request) throws IOException {
        fixture.store.answering(say("200 OK", Map.of("ETag", "\"of-the-head\""), "<" + request.root + "/>"));
        assertThat(request.send(client, Map.of()))
                .startsWith("HTTP/1.1 503 ")
                .contains("<Code>ServiceUnavailable</Code>")
                .doesNotContain("of-the-head");
    }

    @ParameterizedTest
    @EnumSource
    void aDocumentWithoutEndIs503(S3Write request) throws IOException {
        fixture.store.answering(say("200 OK", Map.of(), "<" + request.root + ">" + " ".repeat(2 << 20)));
        assertThat(request.send(client, Map.of()))
                .startsWith("HTTP/1.1 503 ")
                .contains("<Code>ServiceUnavailable</Code>");
    }

    /** The ACL of a request is recorded when its object is there. */
    @ParameterizedTest
    @ValueSource(strings = {"COPY", "COMPLETION"})
    void anErrorWithin200OpensNothing(S3Write request) throws IOException {
        fixture.store.answering(say("200 OK", Map.of(), "<Error><Code>InternalError</Code></Error>"));
        assertThat(request.send(client, Map.of("x-oss-object-acl", "public-read")))
                .startsWith("HTTP/1.1 500 ");
        fixture.store.answering(say("200 OK", Map.of(), "content"));
        assertThat(anonymously()).startsWith("HTTP/1.1 403 ");
        fixture.store.answering(say("200 OK", Map.of(), request.document()));
        assertThat(request.send(client, Map.of("x-oss-object-acl", "public-read")))
                .startsWith("HTTP/1.1 200 ");
        fixture.store.answering(say("200 OK", Map.of(), "content"));
        assertThat(anonymously()).startsWith("HTTP/1.1 200 ");
        assertThat(client.send("PUT", "/s3private/to.txt?acl", Map.of("x-oss-object-acl", "private"), ""))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void tagsAreTheStores() throws IOException {
        String tags = "<Tagging><TagSet><Tag><Key>a b</Key><Value>x&amp;y</Value></Tag></TagSet></Tagging>";
        fixture.store.answering(say("200 OK", Map.of(), ""));
        assertThat(client.send("PUT", "/s3private/to.txt?tagging", Map.of(), tags))
                .startsWith("HTTP/1.1 200 ");
        assertThat(fixture.store.last().target()).isEqualTo("/physical-s3private/to.txt?tagging");
        assertThat(fixture.store.last().body()).endsWith(tags);
        fixture.store.answering(say(
                "200 OK",
                Map.of(),
                tags.replace("<Tagging>", "<Tagging xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">")));
        assertThat(client.send("GET", "/s3private/to.txt?tagging", Map.of(), ""))
                .startsWith("HTTP/1.1 200 ")
                .endsWith(tags);
        fixture.store.answering(say("200 OK", Map.of(), "<Tagging><TagSet/></Tagging>"));
        assertThat(client.send("GET", "/s3private/to.txt?tagging", Map.of(), ""))
                .endsWith("<Tagging><TagSet></TagSet></Tagging>");
        fixture.store.answering(say("204 No Content", Map.of(), ""));
        assertThat(client.send("DELETE", "/s3private/to.txt?tagging", Map.of(), ""))
                .startsWith("HTTP/1.1 204 ");
        fixture.store.answering(say("501 Not Implemented", Map.of(), "<Error><Code>NotImplemented</Code></Error>"));
        assertThat(client.send("GET", "/s3private/to.txt?tagging", Map.of(), ""))
                .startsWith("HTTP/1.1 501 ")
                .contains("<Code>NotImplemented</Code>");
    }

    private static String anonymously() throws IOException {
        try (RawConnection wire = RawConnection.open(fixture.url())) {
            return wire.send("GET /s3private/to.txt HTTP/1.1\r\nHost: "
                            + fixture.url().substring(7) + "\r\n\r\n")
                    .answer();
        }
    }
}

package io.countersign.gateway.store;

import static io.countersign.gateway.store.ScriptedStore.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.server.RawConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are read before the decision, because they say what the request does. */
class DecidingBodiesTest {
    private static final String DELETE = "/examplebucket/?delete";

    @RegisterExtension
    private static final StoreFixture fixture = new StoreFixture(Map.of("countersign.http.body-timeout", "PT2S"));

    private static Client client;

    @BeforeAll
    static void start() {
        client = new Client(fixture.url());
    }

    @BeforeEach
    void answer() {
        fixture.store.answering(
                say("200 OK", Map.of("Content-Type", "application/xml"), "<DeleteResult></DeleteResult>"));
    }

    private static String digest(String algorithm, String text) throws Exception {
        byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
        return algorithm.equals("MD5")
                ? Base64.getEncoder().encodeToString(digest)
                : HexFormat.of().formatHex(digest);
    }

    private static String delete(String body) throws Exception {
        return client.send("POST", DELETE, Map.of("Content-MD5", digest("MD5", body)), body);
    }

    private static void isRefused(String answer, int status, String code) {
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("<Code>" + code + "</Code>");
        assertThat(fixture.store.received).isEmpty();
    }

    @Test
    void theKeysToDeleteAreJudgedOneByOne() throws Exception {
        assertThat(delete("<Delete><Object><Key>a.txt</Key></Object><Object><Key>b&amp;中.txt</Key></Object></Delete>"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(fixture.store.last().target()).isEqualTo("/physical-examplebucket/?delete");
        assertThat(fixture.store.last().body()).contains("<Key>a.txt</Key>").contains("<Key>b&amp;中.txt</Key>");
        fixture.store.received.clear();
        isRefused(
                delete("<Delete><Object><Key>a.txt</Key></Object><Object><Key>keep/b.txt</Key></Object></Delete>"),
                403,
                "AccessDenied");
    }

    @Test
    void aStoreGetsWhatWasJudgedAndNotTheClientsText() throws Exception {
        assertThat(delete(
                        "<?xml version='1.0'?><!-- keep/b.txt --><Delete  a='keep/b.txt'><Quiet>true</Quiet><Object>\n"
                                + "<Key><![CDATA[a.txt]]></Key></Object></Delete>"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(fixture.store.last().body())
                .doesNotContain("keep")
                .doesNotContain("CDATA")
                .contains("<Key>a.txt</Key>")
                .contains("<Quiet>true</Quiet>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<Delete/>",
                "<Delete><Object><Key>a</Key></Object>",
                "<Delete><Object><Key>a</Key><Key>keep/b</Key></Object></Delete>",
                "<Delete><Object><Key>a</Key><Other>keep/b</Other></Object></Delete>",
                "<!DOCTYPE d [<!ENTITY k 'keep/b'>]><Delete><Object><Key>&k;</Key></Object></Delete>",
                "<!DOCTYPE d [<!ENTITY k SYSTEM 'file:///etc/passwd'>]><Delete><Object><Key>&k;</Key></Object></Delete>",
                "{\"keys\": [\"a\"]}"
            })
    void aListThatIsNoneIsRefused(String body) throws Exception {
        isRefused(delete(body), 400, "MalformedXML");
    }

    @Test
    void aBodyThatIsNotTheAnnouncedOneIsRefused() throws Exception {
        String body = "<Delete><Object><Key>a.txt</Key></Object></Delete>";
        isRefused(
                client.send("POST", DELETE, Map.of("Content-MD5", digest("MD5", body + " ")), body),
                400,
                "InvalidDigest");
        isRefused(
                client.send("POST", DELETE, Map.of("x-oss-content-sha256", digest("SHA-256", "other")), body),
                400,
                "InvalidDigest");
        assertThat(client.send("POST", DELETE, Map.of("x-oss-content-sha256", digest("SHA-256", body)), body))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aBodyThatIsTooLongIsRefused() throws Exception {
        isRefused(delete("<Delete>" + " ".repeat(5 << 20) + "</Delete>"), 400, "EntityTooLarge");
    }

    @Test
    void moreThanASmallBodyIsReadOnlyOfThoseWhoSigned() throws Exception {
        try (RawConnection wire = RawConnection.open(fixture.url())) {
            String answer = wire.send("POST " + DELETE + " HTTP/1.1\r\nHost: "
                            + fixture.url().substring(7)
                            + "\r\nAuthorization: OSS " + StoreFixture.ALICE
                            + ":wrong\r\nDate: Sun, 22 Nov 2026 03:00:00 GMT\r\nContent-Length: 1000000\r\n\r\n<Delete>"
                            + " ".repeat(100_000))
                    .answer();
            assertThat(answer).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void aClientThatWaitsIsToldToGoOnAfterItsSignatureWasChecked() throws Exception {
        String body = "<Delete><Object><Key>a.txt</Key></Object></Delete>";
        try (RawConnection wire = RawConnection.open(fixture.url())) {
            wire.send(client.head(
                    "POST",
                    DELETE,
                    Map.of("Content-MD5", digest("MD5", body)),
                    "Expect: 100-continue\r\nContent-Length: " + body.length() + "\r\n"));
            assertThat(wire.answer()).startsWith("HTTP/1.1 100 ");
            assertThat(wire.send(body).answer()).startsWith("HTTP/1.1 200 ");
        }
        String head = client.head(
                        "POST", DELETE, Map.of(), "Expect: 100-continue\r\nContent-Length: " + body.length() + "\r\n")
                .replace("Authorization: OSS ", "Authorization: OSS LTAI5tSomebodyElse");
        try (RawConnection wire = RawConnection.open(fixture.url())) {
            assertThat(wire.send(head).answer()).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void tagsInABodyAreJudged() throws Exception {
        String allowed = "<Tagging><TagSet><Tag><Key>class</Key><Value>open</Value></Tag></TagSet></Tagging>";
        fixture.store.answering(say("200 OK", Map.of(), ""));
        assertThat(client.send("PUT", "/examplebucket/a.txt?tagging", Map.of(), allowed))
                .startsWith("HTTP/1.1 200 ");
        assertThat(fixture.store.last().body()).contains("<Value>open</Value>");
        fixture.store.received.clear();
        isRefused(
                client.send("PUT", "/examplebucket/a.txt?tagging", Map.of(), allowed.replace("open", "secret")),
                403,
                "AccessDenied");
    }

    @Test
    void partsAreListedAnew() throws Exception {
        fixture.store.answering(
                say(
                        "200 OK",
                        Map.of("Content-Type", "application/xml"),
                        "<CompleteMultipartUploadResult><Location>http://physical-examplebucket.x/a.txt</Location>"
                                + "<Bucket>physical-examplebucket</Bucket><Key>a.txt</Key><ETag>\"e\"</ETag></CompleteMultipartUploadResult>"));
        String answer = client.send(
                "POST",
                "/examplebucket/a.txt?uploadId=1",
                Map.of(),
                "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>\"e\"</ETag></Part></CompleteMultipartUpload>");
        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("<Bucket>examplebucket</Bucket>");
        assertThat(answer).doesNotContain("physical");
        assertThat(fixture.store.last().body()).contains("<PartNumber>1</PartNumber>");
    }
}

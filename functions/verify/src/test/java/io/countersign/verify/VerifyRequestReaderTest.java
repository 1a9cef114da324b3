package io.countersign.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.oss.Body;
import io.countersign.oss.Headers;
import io.countersign.verify.decide.Context;
import io.countersign.verify.decide.SubmittedForm.Field;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.explain.Explained;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyRequestReaderTest {
    private static VerifyRequest read(String json) throws InvalidDocumentException {
        return call(json).request();
    }

    private static VerifyRequestReader.VerifyCall call(String json) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(json));
        VerifyRequestReader.VerifyCall call = VerifyRequestReader.read(members);
        members.done();
        return call;
    }

    private static VerifyRequest with(String member) throws InvalidDocumentException {
        return read("{\"method\":\"GET\",\"url\":\"/\"," + member + "}");
    }

    @Test
    void everyMemberIsRead() throws InvalidDocumentException {
        VerifyRequestReader.VerifyCall call = call("""
                {"method":"POST","url":"https://b.oss-cn-hangzhou.aliyuncs.com/?delete",
                 "headers":{"Date":"x","X-OSS-Meta":["1","2"]},"sourceIp":"2001:DB8::1","secureTransport":true,
                 "form":{"fields":[["key","a"],["key","b"]],"fileLength":7},
                 "deleteKeys":["a","b"],"process":"image/info|sys/saveas,o_YQ","context":{"mfaPresent":true},"at":"2026-11-22T03:00:00Z","explain":true}""");
        VerifyRequest request = call.request();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.url()).isEqualTo("https://b.oss-cn-hangzhou.aliyuncs.com/?delete");
        assertThat(request.headers().fields())
                .containsExactly(
                        new Headers.HeaderField("date", "x"),
                        new Headers.HeaderField("x-oss-meta", "1"),
                        new Headers.HeaderField("x-oss-meta", "2"));
        assertThat(request.sourceIp()).contains("2001:db8:0:0:0:0:0:1");
        assertThat(request.secureTransport()).contains(true);
        assertThat(request.form().orElseThrow().fields()).containsExactly(new Field("key", "a"), new Field("key", "b"));
        assertThat(request.form().orElseThrow().fileLength()).hasValue(7);
        assertThat(request.body().deleteKeys()).containsExactly(Body.DeletedObject.of("a"), Body.DeletedObject.of("b"));
        assertThat(request.body().process()).contains("image/info|sys/saveas,o_YQ");
        assertThat(request.context().mfaPresent()).contains(true);
        assertThat(request.at()).contains(Instant.parse("2026-11-22T03:00:00Z"));
        assertThat(call.explain()).contains(Explained.ClientForm.UNKNOWN);
    }

    @Test
    void onlyMethodAndUrlAreNeeded() throws InvalidDocumentException {
        VerifyRequestReader.VerifyCall call = call("{\"method\":\"GET\",\"url\":\"/\"}");
        VerifyRequest request = call.request();
        assertThat(request.headers().fields()).isEmpty();
        assertThat(request.sourceIp()).isEmpty();
        assertThat(request.secureTransport()).isEmpty();
        assertThat(request.form()).isEmpty();
        assertThat(request.body()).isEqualTo(Body.UNKNOWN);
        assertThat(request.context()).isEqualTo(Context.NONE);
        assertThat(request.at()).isEmpty();
        assertThat(call.explain()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"method\":\"GET\"}", "{\"url\":\"/\"}", "{\"method\":1,\"url\":\"/\"}"})
    void methodAndUrlAreRequired(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(InvalidDocumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"sourceIP\":\"1.2.3.4\"",
                "\"headers\":[]",
                "\"headers\":{\"a\":[]}",
                "\"headers\":{\"a\":null}",
                "\"headers\":{\"a\":[\"x\",1]}",
                "\"secureTransport\":\"true\"",
                "\"form\":{}",
                "\"form\":{\"fields\":[[\"a\"]]}",
                "\"form\":{\"fields\":[[\"a\",\"b\",\"c\"]]}",
                "\"form\":{\"fields\":[[\"a\",1]]}",
                "\"form\":{\"fields\":[],\"fileLength\":-1}",
                "\"form\":{\"fields\":[],\"file\":\"x\"}",
                "\"deleteKeys\":\"a\"",
                "\"deleteKeys\":[]",
                "\"deleteKeys\":[\"\"]",
                "\"deleteKeys\":[1]",
                "\"deleteKeys\":[{\"key\":\"a\"}]",
                "\"deleteKeys\":[{\"versionId\":\"v\"}]",
                "\"deleteKeys\":[{\"key\":\"a\",\"versionId\":\"\"}]",
                "\"deleteKeys\":[{\"key\":\"a\",\"versionId\":\"v\",\"more\":1}]",
                "\"process\":\"\"",
                "\"process\":1",
                "\"process\":[\"image/info\"]",
                "\"context\":[]",
                "\"context\":null",
                "\"context\":{\"sourceIp\":\"1.2.3.4\"}",
                "\"at\":1700000000",
                "\"at\":\"yesterday\"",
                "\"at\":\"1969-12-31T23:59:59Z\"",
                "\"at\":\"+10000-01-01T00:00:00Z\"",
                "\"explain\":1"
            })
    void aMemberThatIsNotWhatBelongsThereIsRefused(String member) {
        assertThatThrownBy(() -> with(member)).isInstanceOf(InvalidDocumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7,203.0.113.7",
        "0.0.0.0,0.0.0.0",
        "255.255.255.255,255.255.255.255",
        "::1,0:0:0:0:0:0:0:1",
        "::ffff:203.0.113.7,203.0.113.7",
        "2001:DB8::a,2001:db8:0:0:0:0:0:a"
    })
    void aLiteralAddressHasOneText(String sent, String canonical) throws InvalidDocumentException {
        assertThat(with("\"sourceIp\":\"" + sent + "\"").sourceIp()).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.com",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.4.",
                "256.1.1.1",
                "010.0.0.1",
                "1.2.3.4:80",
                "[::1]",
                "fe80::1%eth0",
                ":::",
                "1::2::3",
                " 1.2.3.4",
                "::ffff:1.2.3.256"
            })
    void refusesAnInvalidAddress(String text) {
        assertThatThrownBy(() -> with("\"sourceIp\":\"" + text + "\"")).hasMessageContaining("sourceIp");
    }

    @Test
    void readsTheVersionToDeleteWithItsKey() throws InvalidDocumentException {
        assertThat(with("\"deleteKeys\":[\"a\",{\"key\":\"a\",\"versionId\":\"v\"}]")
                        .body()
                        .deleteKeys())
                .containsExactly(Body.DeletedObject.of("a"), new Body.DeletedObject("a", Optional.of("v")));
    }

    @Test
    void deleteKeysAreBounded() throws InvalidDocumentException {
        assertThat(with("\"deleteKeys\":[" + "\"k\",".repeat(999) + "\"k\"]")
                        .body()
                        .deleteKeys())
                .hasSize(1000);
        assertThatThrownBy(() -> with("\"deleteKeys\":[" + "\"k\",".repeat(1000) + "\"k\"]"))
                .hasMessageContaining("1 to 1000");
        assertThatThrownBy(() -> with("\"deleteKeys\":[\"" + "é".repeat(512) + "\"]"))
                .hasMessageContaining("deleteKeys[0]");
    }

    @Test
    void aProcessIsBounded() throws InvalidDocumentException {
        String longest = "a".repeat(VerifyRequestReader.MAX_PROCESS);
        assertThat(with("\"process\":\"" + longest + "\"").body().process()).contains(longest);
        assertThatThrownBy(() -> with("\"process\":\"" + longest + "a\"")).hasMessageContaining("process");
    }
}

package io.countersign.http;

import static io.countersign.http.Calls.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallAndReplyTest {
    @Test
    void headersAreFoundInAnyCase() {
        Call call = post("", "X-A", "1", "x-a", "2", "b", "3");
        assertThat(call.headerValues("x-A")).containsExactly("1", "2");
        assertThat(call.headerValues("c")).isEmpty();
        assertThatThrownBy(() -> call.headers().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void jsonIsNeverStored() {
        Reply reply = Reply.json(200, "{\"key\":\"中\"}");
        assertThat(reply.header("Content-Type")).contains("application/json");
        assertThat(reply.header("Cache-Control")).contains("no-store");
        assertThat(reply.body().toArray()).isEqualTo("{\"key\":\"中\"}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void textIsAsItWasGivenAndNeverStored() {
        Reply reply = Reply.text(200, "OSS id:中");
        assertThat(reply.header("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(reply.header("Cache-Control")).contains("no-store");
        assertThat(reply.body().utf8()).isEqualTo("OSS id:中");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain,true",
        "Text/Plain; Charset=UTF-8,true",
        "'text/plain;charset=\"utf-8\"',true",
        "text/plain; charset=latin1,false",
        "text/plain; charset=utf-8; x=y,false",
        "text/plainer,false",
        "application/json,false"
    })
    void textIsTextInUtf8(String type, boolean expected) {
        assertThat(ContentType.isText(post("", "Content-Type", type))).isEqualTo(expected);
        assertThat(ContentType.isText(post("", "Content-Type", type, "Content-Type", type)))
                .isFalse();
    }

    @Test
    void aHeaderIsAddedToACopy() {
        Reply reply = Reply.empty(204);
        assertThat(reply.with("Allow", "GET").header("allow")).contains("GET");
        assertThat(reply.header("allow")).isEmpty();
    }

    @Test
    void bytesAreCopiedInAndOut() {
        byte[] source = {1, 2, 3};
        Bytes bytes = Bytes.of(source);
        source[0] = 9;
        bytes.toArray()[1] = 9;
        assertThat(bytes.toArray()).containsExactly(1, 2, 3);
        assertThat(bytes).isEqualTo(Bytes.of(new byte[] {1, 2, 3})).hasSameHashCodeAs(Bytes.of(new byte[] {1, 2, 3}));
        assertThat(bytes).isNotEqualTo(Bytes.EMPTY);
        assertThat(Bytes.utf8("")).isSameAs(Bytes.EMPTY);
    }

    @Test
    void neitherBodiesNorHeaderValuesShowInText() {
        Call call = post("{\"secret\":1}", "Authorization", "Bearer secret");
        assertThat(call.toString()).doesNotContain("secret");
    }
}

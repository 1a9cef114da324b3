package io.countersign.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RpcErrorTest {
    @Test
    void theCodeOfAnErrorIsRead() {
        assertThat(RpcError.code(answer(404, "{\"RequestId\":\"r\",\"Code\":\"EntityNotExist.User\"}")))
                .contains("EntityNotExist.User");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<Error/>", "[]", "{}", "{\"Code\":1}", "{\"Code\":\"\"}", "{\"Code\":\"a b\"}"})
    void findsNoCodeInAnotherDocument(String body) {
        assertThat(RpcError.code(answer(400, body))).isEmpty();
    }

    @Test
    void anAnswerThatIsNoErrorHasNoCode() {
        assertThat(RpcError.code(answer(200, "{\"Code\":\"Throttling\"}"))).isEmpty();
        assertThat(RpcError.isThrottled(answer(200, "{\"Code\":\"Throttling\"}")))
                .isFalse();
    }

    @Test
    void throttlingIsToldFromWhatMayHaveBeenActedOn() {
        assertThat(RpcError.isThrottled(answer(429, ""))).isTrue();
        assertThat(RpcError.isThrottled(answer(400, "{\"Code\":\"Throttling.User\"}")))
                .isTrue();
        assertThat(RpcError.isThrottled(answer(400, "{\"Code\":\"Rejected.Throttling\"}")))
                .isTrue();
        assertThat(RpcError.isThrottled(answer(503, "{\"Code\":\"Throttling\"}")))
                .isFalse();
        assertThat(RpcError.isTransient(answer(503, "{\"Code\":\"Throttling\"}")))
                .isTrue();
        assertThat(RpcError.isTransient(answer(429, ""))).isTrue();
        assertThat(RpcError.isTransient(answer(403, "{\"Code\":\"NoPermission\"}")))
                .isFalse();
    }

    private static Transport.Answer answer(int status, String body) {
        return new Transport.Answer(status, Optional.empty(), body);
    }
}

package io.countersign.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Endpoint;
import io.countersign.http.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To whom the console answers, beyond what a test on loopback can be. */
class ConsoleTest {
    private static final Endpoint ANSWERS = (call, now) -> Reply.text(200, "here");

    private static int status(boolean loopback, String peer) {
        Call call = new Call("GET", "/console", Optional.empty(), List.of(), Bytes.EMPTY, peer, false);
        return new Console.LoopbackGuard(loopback)
                .before(ANSWERS)
                .handle(call, Instant.EPOCH)
                .status();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.10", "0:0:0:0:0:0:0:1"})
    void thisMachineIsAnswered(String peer) {
        assertThat(status(true, peer)).isEqualTo(200);
    }

    @Test
    void answersNoOtherMachine() {
        assertThat(status(false, "127.0.0.1")).isEqualTo(403);
        assertThat(status(true, "192.0.2.7")).isEqualTo(403);
    }
}

package io.countersign.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Face;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To whom the console answers, beyond what a test on loopback can be. */
class ConsoleTest {
    private static final Face ANSWERS = (call, now) -> Reply.text(200, "here");

    private static int status(boolean loopback, String peer, Header... headers) {
        Call call = new Call("GET", "/console", Optional.empty(), List.of(headers), Bytes.EMPTY, peer, false);
        return new ConsoleGuard(loopback)
                .before(ANSWERS)
                .handle(call, Instant.EPOCH)
                .status();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:1", "127.8.9.10", "[::1]:8080", "[::1]"})
    void thisMachinesNamesAreTaken(String host) {
        assertThat(status(true, "127.0.0.1", new Header("Host", host))).isEqualTo(200);
        assertThat(status(true, "0:0:0:0:0:0:0:1", new Header("host", host))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost.",
                "local",
                "128.0.0.1",
                "127.0.0.1@a",
                "[::2]",
                "localhost:x",
                "localhost:123456",
                " localhost"
            })
    void otherNamesAreNot(String host) {
        assertThat(status(true, "127.0.0.1", new Header("Host", host))).isEqualTo(421);
    }

    @Test
    void noHostAndTwoHostsAreRefused() {
        assertThat(status(true, "127.0.0.1")).isEqualTo(421);
        assertThat(status(true, "127.0.0.1", new Header("Host", "localhost"), new Header("Host", "localhost")))
                .isEqualTo(421);
    }

    @Test
    void nobodyElsesMachineIsAnswered() {
        assertThat(status(false, "127.0.0.1", new Header("Host", "localhost"))).isEqualTo(403);
        assertThat(status(true, "192.0.2.7", new Header("Host", "localhost"))).isEqualTo(403);
    }
}

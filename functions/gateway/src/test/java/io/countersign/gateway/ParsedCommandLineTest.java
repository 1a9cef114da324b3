package io.countersign.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.cli.Invocation;
import org.junit.jupiter.api.Test;

class ParsedCommandLineTest {
    @Test
    void isTakenOnce() {
        Invocation.Serving parsed = new Invocation.Demo("127.0.0.1", 0, false);
        ParsedCommandLine.hand(parsed);
        assertThat(ParsedCommandLine.take()).contains(parsed);
        assertThat(ParsedCommandLine.take()).isEmpty();
    }
}

package io.countersign.oss;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation of the official clients, with the parameters that they send, is one of the table under its own name. */
class ClientOperationsTest {
    private record Sent(String client, String method, String target, String header, String name) {
        private static Sent of(String line) {
            String[] cells = line.split(" +");
            return new Sent(cells[0], cells[1], cells[2], cells[3], cells[4]);
        }
    }

    static List<Sent> all() {
        var stream = Objects.requireNonNull(ClientOperationsTest.class.getResourceAsStream("client-operations.txt"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Sent::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void isAnOperationOfThatName(Sent sent) throws OssRefusal {
        int colon = sent.header().indexOf(':');
        Headers headers = colon < 0
                ? Headers.NONE
                : Headers.NONE.and(
                        sent.header().substring(0, colon), sent.header().substring(colon + 1));
        OssRequest request = ParsedRequests.request(sent.method(), sent.target(), headers);
        // Lists have versions of their own in clients, which one operation answers.
        String name = sent.name().equals("ListObjectsV2") ? "ListObjects" : sent.name();
        assertThat(Operations.ofTaken(request)).isEqualTo(Operations.of(request));
        assertThat(Operations.of(request).orElseThrow().apiName()).isEqualToIgnoringCase(name);
    }

    @Test
    void theGoClientIsThereWhole() {
        assertThat(all().stream().filter(sent -> sent.client().equals("go2"))).hasSize(154);
    }
}

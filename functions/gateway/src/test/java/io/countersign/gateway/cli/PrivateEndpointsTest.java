package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.gateway.guard.PrivateEndpoint;
import io.countersign.gateway.guard.PrivateTokens;
import io.countersign.gateway.live.LiveGateway;
import io.countersign.gateway.live.ProcessSettings;
import io.countersign.gateway.server.RawConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which program gets at which private face, by the ports that {@code serve} opens. */
class PrivateEndpointsTest {
    private static final String RIGHT = "the-right-token";
    private static final String OTHER = "the-token-of-another-face";

    @TempDir
    private Path directory;

    private final ProcessSettings settings = new ProcessSettings();

    @AfterEach
    void reset() {
        settings.close();
    }

    /** On one port on loopback, on a port of their own there, and on one beyond it. */
    private static Stream<Arguments> everywhere() {
        return Stream.of("shared", "127.0.0.1", "0.0.0.0")
                .flatMap(where -> Stream.of(PrivateEndpoint.values()).map(face -> Arguments.of(where, face)));
    }

    private LiveGateway serve(String where) throws Exception {
        if (where.equals("shared")) {
            return new LiveGateway(
                    new Invocation.Serve(
                            Optional.empty(),
                            directory.resolve("data"),
                            false,
                            "127.0.0.1",
                            0,
                            OptionalInt.empty(),
                            Optional.empty(),
                            OptionalInt.of(0)),
                    InstantSource.system());
        }
        settings.set("countersign.private.host", where);
        return new LiveGateway(
                new Invocation.Serve(
                        Optional.empty(),
                        directory.resolve("data"),
                        false,
                        "0.0.0.0",
                        0,
                        OptionalInt.of(0),
                        Optional.empty(),
                        OptionalInt.of(0)),
                InstantSource.system());
    }

    private void tokens(PrivateEndpoint right) throws Exception {
        PrivateEndpoint other = PrivateEndpoint.values()[(right.ordinal() + 1) % PrivateEndpoint.values().length];
        Path file = Files.writeString(
                directory.resolve("tokens"),
                "right " + right.path() + " " + PrivateTokens.sha256(RIGHT) + "\nother " + other.path() + " "
                        + PrivateTokens.sha256(OTHER) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        settings.set("countersign.private.tokens", file.toString());
    }

    /** The body of a call of the endpoint, under the host name that it accepts everywhere. */
    private static String ask(String url, PrivateEndpoint face, String host, String headers) throws Exception {
        return RawConnection.exchange(
                url,
                method(face) + " " + face.path() + " HTTP/1.1\r\nHost: " + host
                        + "\r\nConnection: close\r\nContent-Type: application/json\r\n" + headers
                        + "Content-Length: 2\r\n\r\n{}");
    }

    private static String method(PrivateEndpoint face) {
        return switch (face) {
            case VERIFY, AUTH, EVENTS, SESSIONS_REVOKE -> "POST";
            case ACL -> "PUT";
            case METRICS -> "GET";
        };
    }

    private static String token(PrivateEndpoint face, String token) {
        return (face == PrivateEndpoint.AUTH ? "X-Countersign-Token: " : "Authorization: Bearer ") + token + "\r\n";
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aFaceIsForTheProgramsWhoseTokensNameIt(String where, PrivateEndpoint face) throws Exception {
        tokens(face);
        try (LiveGateway gateway = serve(where)) {
            String url = gateway.privateUrl();
            assertThat(ask(url, face, "localhost", ""))
                    .startsWith("HTTP/1.1 401 ")
                    .contains("PrivateTokenRequired");
            assertThat(ask(url, face, "localhost", token(face, "a-wrong-token")))
                    .startsWith("HTTP/1.1 401 ")
                    .contains("PrivateTokenRequired");
            assertThat(ask(url, face, "localhost", token(face, OTHER)))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("FaceNotCovered");
            assertThat(ask(url, face, "localhost", token(face, RIGHT) + token(face, RIGHT)))
                    .startsWith("HTTP/1.1 401 ");
            assertThat(ask(url, face, "localhost", token(face, RIGHT))).contains(answered(face));
            // A right token is no way around the check of the name, and beyond loopback there is no name to check.
            assertThat(ask(url, face, "gateway.example", token(face, RIGHT)))
                    .contains(
                            where.equals("0.0.0.0") || face == PrivateEndpoint.AUTH ? answered(face) : "HostNotLocal");
        }
    }

    /** How each face itself speaks of {@code {}}. */
    private static String answered(PrivateEndpoint face) {
        return switch (face) {
            case VERIFY -> "HTTP/1.1 400 ";
            case AUTH -> "X-Original-";
            case ACL -> "HTTP/1.1 400 ";
            case EVENTS -> "HTTP/1.1 400 ";
            case SESSIONS_REVOKE -> "HTTP/1.1 400 ";
            case METRICS -> "HTTP/1.1 200 ";
        };
    }

    @Test
    void aRunningServerFollowsTheFile() throws Exception {
        tokens(PrivateEndpoint.VERIFY);
        Path file = directory.resolve("tokens");
        try (LiveGateway gateway = serve("0.0.0.0")) {
            String url = gateway.privateUrl();
            String right = token(PrivateEndpoint.VERIFY, RIGHT);
            assertThat(ask(url, PrivateEndpoint.VERIFY, "localhost", right)).contains(answered(PrivateEndpoint.VERIFY));
            Path away = Files.move(file, directory.resolve("away"));
            awaitAnswer(url, right, "PrivateTokensUnusable");
            Files.move(away, file);
            awaitAnswer(url, right, answered(PrivateEndpoint.VERIFY));
        }
    }

    private static void awaitAnswer(String url, String token, String expected) throws Exception {
        String answer = ask(url, PrivateEndpoint.VERIFY, "localhost", token);
        for (int i = 0; i < 500 && !answer.contains(expected); i++) {
            Thread.sleep(20);
            answer = ask(url, PrivateEndpoint.VERIFY, "localhost", token);
        }
        assertThat(answer).contains(expected);
    }

    @Test
    void openFacesAndTheProbeNeedNoToken() throws Exception {
        tokens(PrivateEndpoint.VERIFY);
        try (LiveGateway gateway = serve("0.0.0.0")) {
            String end = " HTTP/1.1\r\nHost: gateway.example\r\nConnection: close\r\n\r\n";
            assertThat(RawConnection.exchange(gateway.url(), "GET /health" + end))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(RawConnection.exchange(gateway.url(), "GET /token" + end))
                    .doesNotContain("PrivateTokenRequired");
        }
    }

    @Test
    void servesNoConsoleWhenTokensAreRequired() throws Exception {
        String page = "GET /console HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        try (LiveGateway gateway = serve("shared")) {
            assertThat(RawConnection.exchange(gateway.url(), page)).startsWith("HTTP/1.1 200 ");
        }
        tokens(PrivateEndpoint.VERIFY);
        try (LiveGateway gateway = serve("shared")) {
            assertThat(RawConnection.exchange(gateway.url(), page)).startsWith("HTTP/1.1 404 ");
        }
    }

    @Test
    void beyondLoopbackNothingIsServedWithoutTokens() {
        for (String host : new String[] {"0.0.0.0", "::", "192.0.2.1", "no-such-host.invalid"}) {
            assertThatThrownBy(() -> serve(host))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("PrivateTokensRequired")
                    .hasMessageContaining("private-token NAME");
            assertThat(directory.resolve("data")).doesNotExist();
        }
    }
}

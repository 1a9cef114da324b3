package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.countersign.json.Members;
import io.countersign.json.Value;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class RotateCommandTest extends OperatorContract {
    @Test
    void aKeyIsReplacedNowAndRetiresOnceAllReadersKnowTheNewOne() throws Exception {
        Operator.Result rotated = operator.run("rotate --access-key " + SIGNER);
        assertThat(rotated.exit()).as(rotated.err()).isZero();
        assertThat(rotated.out()).matches("(?s)AccessKeyCreated  LTAI5t\\w{18}\ndone: 1, events sent: 1\n");
        assertThat(rotated.err()).startsWith("event=AccessKeyCreated id=").contains("\"cause\":\"requested\"");

        assertThat(operator.run("rotate --due").out()).isEqualTo("done: 0, events sent: 0\n");
        operator.waitFor(Duration.ofSeconds(6));
        assertThat(operator.run("rotate --due").out()).startsWith("AccessKeyRetiring  " + SIGNER);
        assertThat(operator.run("keys").out()).contains(SIGNER + "  user/" + ACCOUNT + "/signer  Retiring since");
    }

    @Test
    void aKeyThatIsBeingReplacedIsRefused() {
        operator.run("rotate --access-key " + SIGNER);
        operator.run("rotate --access-key " + SIGNER).refused("RotationInProgress", "Wait until");
        operator.run("rotate --access-key " + SIGNER + " --json").refused("RotationInProgress");
    }

    @Test
    void aKeyThatIsNotThereIsRefused() {
        operator.run("rotate --access-key LTAI5tNobody").refused("NoSuchAccessKey", "Name an access key id");
        operator.run("rotate --compromised LTAI5tNobody").refused("NoSuchAccessKey");
    }

    @Test
    void aCompromisedKeyIsOutOfUseAtOnceAndItsSessionsAreRevoked() throws Exception {
        Operator.Result rotated = operator.run("rotate --json --compromised " + SIGNER);
        Members members = Members.of(rotated.json());
        assertThat(members.string("id")).startsWith("operator-");
        assertThat(events(members)).containsExactly("AccessKeyDeactivated", "AccessKeyCreated", "SessionsRevoked");
        assertThat(members.optionalInteger("sent", 0, 100)).hasValue(3);
        members.done();
        assertThat(rotated.out()).doesNotContain("SignerSecret");
        assertThat(operator.run("keys").out()).contains(SIGNER + "  user/" + ACCOUNT + "/signer  Inactive since");
        operator.run("rotate --access-key " + SIGNER).refused("AccessKeyNotActive");
    }

    @Test
    void theTokenKeyRotatesLikewise() {
        assertThat(operator.run("rotate --token-keys").out()).startsWith("TokenKeyRotated  ");
        operator.run("rotate --token-keys").refused("RotationInProgress");
    }

    @Test
    void compromisedTokenKeysAreReplacedAtOnceAlsoWhileTheyRotate() {
        operator.run("rotate --token-keys");
        Operator.Result rotated = operator.run("rotate --compromised-token-keys");
        assertThat(rotated.exit()).isZero();
        assertThat(rotated.out()).matches("TokenKeyRotated  tk-\\w{12}\ndone: 1, events sent: \\d+\n");
        assertThat(rotated.err()).contains("\"cause\":\"compromised\"");
        assertThat(operator.run("audit").out()).contains("the token keys may be known to others");
        assertThat(operator.run("rotate --token-keys").out()).startsWith("TokenKeyRotated  ");
    }

    @Test
    void everyDecisionIsInTheAuditWithTheCommandsOwnId() throws Exception {
        String id = Members.of(
                        operator.run("rotate --json --compromised " + SIGNER).json())
                .string("id");
        assertThat(operator.run("audit").out().lines().filter(line -> line.endsWith("  " + id)))
                .hasSize(3)
                .anyMatch(line -> line.contains("AccessKeyDeactivated  " + SIGNER));
    }

    @Test
    void eventsGoToTheWebhookAndWaitWhenItDoesNotTakeThem() throws Exception {
        Queue<String> received = new ConcurrentLinkedQueue<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        receiver.createContext("/broken", exchange -> {
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        receiver.createContext("/hook", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        try {
            String origin = "http://127.0.0.1:" + receiver.getAddress().getPort();
            set("countersign.events.webhook", origin + "/broken");
            Operator.Result untold = operator.run("rotate --token-keys");
            assertThat(untold.exit()).isEqualTo(CommandFailure.ExitCode.REFUSED);
            assertThat(untold.out()).startsWith("TokenKeyRotated").contains("events sent: 0");
            assertThat(untold.err())
                    .startsWith("event=TokenKeyRotated id=")
                    .contains("\ncountersign: EventsNotSent: ", "500", "rotate --due");

            set("countersign.events.webhook", origin + "/hook");
            assertThat(operator.run("rotate --due").out()).isEqualTo("done: 0, events sent: 1\n");
            assertThat(received)
                    .singleElement()
                    .asString()
                    .contains("\"type\":\"TokenKeyRotated\"", "\"source\":\"countersign\"");
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    void aDirectoryWithoutARegistryIsRefused() {
        Operator elsewhere = new Operator(directory.resolve("elsewhere"), operator.now());
        if (store == StoreKind.SQLITE) {
            elsewhere.run("rotate --due").refused("NoRegistry");
        }
    }

    private static List<String> events(Members members) throws Exception {
        List<String> events = new ArrayList<>();
        for (Value fact : members.list("done")) {
            events.add(Members.of(fact).string("event"));
        }
        return events;
    }
}

package io.countersign.rotate.sessions;

import static io.countersign.registry.Fixture.NOW;
import static io.countersign.registry.Fixture.SIGNER_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.http.hostile.Attack;
import io.countersign.http.hostile.Edits;
import io.countersign.http.hostile.Sound;
import io.countersign.registry.Fixture;
import io.countersign.testkit.Seeds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever is sent to {@code POST /sessions/revoke} is answered; it revokes what it answers with, and a refusal changes nothing. */
class RevokeHostileTest {
    private static final Set<Integer> STATUSES = Set.of(200, 400, 404, 413, 415);
    private static final List<String> VICTIMS = List.of(
            "{\"role\": \"acs:ram::1234567890123456:role/mobile-app\"}",
            "{\"provider\": \"demo\", \"subject\": \"a/b:c d\", \"asOf\": \"2026-11-22T02:00:00Z\"}",
            "{\"accessKey\": \"" + SIGNER_KEY + "\"}",
            "{\"session\": \"0123456789abcdef0123456789abcdef\"}");

    private final Fixture fixture = new Fixture();
    private final RevokeFunction function = new RevokeFunction(fixture.store, Seeds.secure());

    RevokeHostileTest() throws Exception {
        fixture.apply(Fixture.golden());
    }

    @Test
    void servesEveryUnchangedCall() {
        assertThat(VICTIMS).allSatisfy(body -> assertThat(judged(body)).isTrue());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void spoiledCallsAreAnsweredAndARefusalChangesNothing(@ForAll("attacks") List<Attack> attacks) {
        for (Attack attack : attacks) {
            judged(attack.text(attack.parts(List.of(attack.on(VICTIMS))).getFirst()));
        }
    }

    @Provide
    Arbitrary<List<Attack>> attacks() {
        return Edits.attacks();
    }

    private boolean judged(String body) {
        Map<?, String> before = Map.copyOf(fixture.store.payloads());
        Call call = new Call(
                "POST",
                "/sessions/revoke",
                Optional.empty(),
                List.of(new Header("Content-Type", "application/json")),
                Bytes.utf8(body),
                "127.0.0.1",
                false);
        Reply reply = function.handle(call, NOW);
        Sound.json(reply, STATUSES);
        if (reply.status() != 200) {
            assertThat(fixture.store.payloads()).isEqualTo(before);
            return false;
        }
        assertThat(reply.body().utf8()).contains("\"revokedBefore\":\"");
        return true;
    }
}

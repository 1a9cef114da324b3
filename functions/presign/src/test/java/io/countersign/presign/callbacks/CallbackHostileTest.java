package io.countersign.presign.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.http.hostile.Attack;
import io.countersign.http.hostile.Edits;
import io.countersign.http.hostile.Sound;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever OSS is made to send and sign is answered, and tells of no other object than the token's. */
class CallbackHostileTest {
    private static final Set<Integer> STATUSES = Set.of(200, 400, 403, 413);

    private final Callbacks callbacks = new Callbacks();

    @Test
    void takesTheUnchangedBody() {
        assertThat(judged(callbacks.body())).isTrue();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void spoiledBodiesTellOfNothingElse(@ForAll("attacks") List<Attack> attacks) {
        for (Attack attack : attacks) {
            judged(attack.text(attack.parts(List.of(callbacks.body())).getFirst()));
        }
    }

    @Provide
    Arbitrary<List<Attack>> attacks() {
        return Edits.attacks();
    }

    private boolean judged(String body) {
        Reply reply = callbacks.called(body);
        Sound.json(reply, STATUSES);
        assertThat(callbacks.events())
                .allSatisfy(event -> assertThat(event.detail())
                        .contains("\"bucket\":\"examplebucket\",\"key\":\"users/alice/a b+ä.png\"")
                        .contains("\"subject\":\"alice\""));
        assertThat(callbacks.events()).hasSizeLessThanOrEqualTo(1);
        return reply.status() == 200;
    }
}

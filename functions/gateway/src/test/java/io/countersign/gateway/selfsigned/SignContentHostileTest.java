package io.countersign.gateway.selfsigned;

import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Reply;
import io.countersign.http.hostile.Attack;
import io.countersign.http.hostile.Cases;
import io.countersign.http.hostile.Edits;
import io.countersign.http.hostile.Sound;
import io.countersign.json.JsonText;
import io.countersign.signcontent.SignContentCalls;
import io.countersign.signcontent.SignContentFunction;
import io.countersign.signcontent.SignContentSettings;
import io.countersign.signcontent.Victims;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever is sent to {@code /sign-content} is answered, and what it signs is what the role may do. */
class SignContentHostileTest {
    private static final Set<Integer> STATUSES = Set.of(200, 400, 403, 409, 413, 415);
    private static final SignedRequestCheck JUDGE = new SignedRequestCheck();
    private static final SignContentFunction FUNCTION = SignContentCalls.function(
            SignContentCalls.registry(SignedRequestCheck.POLICY), SignContentSettings.DEFAULT);

    private static final List<String> BODIES = List.of(
            JsonText.object(json -> json.put("content", Victims.V1.get(0))),
            JsonText.object(json -> json.put("content", Victims.V1.get(3))),
            Victims.REMOTE.get(0).json(),
            Victims.REMOTE.get(3).json(),
            Victims.REMOTE.get(7).json(),
            Victims.REMOTE.get(9).json());

    @Test
    void servesEveryUnchangedRequest() {
        assertThat(Victims.V1)
                .allSatisfy(content -> assertThat(judgedText(utf8(content))).isTrue());
        assertThat(BODIES)
                .allSatisfy(
                        body -> assertThat(post("application/json", utf8(body)).status())
                                .as(body)
                                .isEqualTo(200));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void spoiledTextsAreAnsweredAndNothingElseIsSigned(@ForAll("attacks") List<Attack> attacks) {
        for (Attack attack : attacks) {
            String text =
                    attack.text(attack.parts(List.of(attack.on(Victims.V1))).getFirst());
            judgedText(utf8(text));
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void spoiledBodiesAreAnswered(@ForAll("attacks") List<Attack> attacks) {
        for (Attack attack : attacks) {
            String body = attack.text(attack.parts(List.of(attack.on(BODIES))).getFirst());
            sound(post("application/json", utf8(body)));
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aSpoiledContentTypeIsAnswered(@ForAll("attacks") List<Attack> attacks) {
        byte[] body = utf8(Victims.V1.getFirst());
        for (Attack attack : attacks) {
            String type = attack.text(
                    attack.parts(List.of("text/plain; charset=utf-8")).getFirst());
            Reply reply = post(type, body);
            Sound.reply(reply, Set.of(200, 400, 415, 431));
        }
    }

    @Test
    void textsThatOnceHurtAreNotSigned() {
        List<byte[]> cases = Cases.of(SignContentHostileTest.class, "hostile-contents.txt");
        assertThat(cases)
                .hasSizeGreaterThan(30)
                .allSatisfy(text -> assertThat(judgedText(text)).isFalse());
    }

    @Test
    void bodiesThatOnceHurtAreAnswered() {
        List<byte[]> cases = Cases.of(SignContentHostileTest.class, "hostile-sign-content.txt");
        assertThat(cases).hasSizeGreaterThan(15).allSatisfy(body -> {
            Reply reply = post("application/json", body);
            sound(reply);
            assertThat(reply.status()).isNotEqualTo(200);
        });
    }

    @Provide
    Arbitrary<List<Attack>> attacks() {
        return Edits.attacks();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Reply post(String type, byte[] body) {
        return FUNCTION.handle(SignContentCalls.call(type, Bytes.of(body), SignContentCalls.TOKEN), NOW);
    }

    private static void sound(Reply reply) {
        Sound.json(reply, STATUSES);
        assertThat(reply.body().utf8()).doesNotContain(SignContentCalls.SECRET).doesNotContain(SignContentCalls.TOKEN);
    }

    /** Whether the text was signed, after every check of what that is good for. */
    private static boolean judgedText(byte[] text) {
        Reply reply = post("text/plain", text);
        if (reply.status() != 200) {
            sound(reply);
            return false;
        }
        Sound.reply(reply, STATUSES);
        String authorization = reply.body().utf8();
        assertThat(authorization).matches("OSS " + SignContentCalls.KEY_ID + ":[A-Za-z0-9+/]{27}=");
        JUDGE.grantedV1(
                new String(text, StandardCharsets.UTF_8), authorization.substring(authorization.indexOf(':') + 1));
        return true;
    }
}

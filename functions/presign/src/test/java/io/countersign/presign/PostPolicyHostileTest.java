package io.countersign.presign;

import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.http.hostile.Attack;
import io.countersign.http.hostile.Cases;
import io.countersign.http.hostile.Edits;
import io.countersign.http.hostile.Sound;
import io.countersign.identity.TestKeys;
import io.countersign.identity.TestToken;
import io.countersign.oss.OssRefusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever is sent to {@code /post-policy} is answered, and what it signs stays in the caller's own folder. */
class PostPolicyHostileTest {
    private static final Set<Integer> STATUSES = Set.of(200, 400, 403, 413);
    private static final String TOKEN = TestToken.good("RS256", "rsa").signed(TestKeys.RSA, "RS256");
    private static final PostPolicyFunction FUNCTION = Form.function(
            PresignCalls.registry(
                    "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"oss:PutObject\","
                            + "\"Resource\":\"acs:oss:*:*:examplebucket/users/${jwt:sub}/*\"}]}"),
            PostPolicySettings.DEFAULT);

    private static final List<String> VICTIMS = List.of(
            "{\"bucket\":\"examplebucket\",\"key\":\"users/alice/a b+\u4e2d\"}",
            "{\"bucket\":\"examplebucket\",\"keyPrefix\":\"users/alice/\",\"expiresIn\":600,\"version\":\"V1\"}",
            "{\"bucket\":\"examplebucket\",\"keyPrefix\":\"users/alice/in/\",\"contentLengthRange\":[1,1048576],"
                    + "\"contentTypes\":[\"image/png\",\"image/jpeg\"],\"successActionStatus\":201}");

    @Test
    void servesEveryUnchangedRequest() {
        assertThat(VICTIMS).allSatisfy(body -> assertThat(judged(body)).isTrue());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void spoiledBodiesAreAnsweredAndNothingElseIsSigned(@ForAll("attacks") List<Attack> attacks) {
        for (Attack attack : attacks) {
            judged(attack.text(attack.parts(List.of(attack.on(VICTIMS))).getFirst()));
        }
    }

    @Test
    void inputsThatOnceHurtAreAnswered() {
        assertThat(Cases.of(PostPolicyHostileTest.class, "hostile-post-policy.txt"))
                .hasSizeGreaterThan(20)
                .allSatisfy(body -> assertThat(judged(body)).isFalse());
    }

    @Provide
    Arbitrary<List<Attack>> attacks() {
        return Edits.attacks();
    }

    private static boolean judged(String body) {
        return judged(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a form was signed, after every check of it. */
    private static boolean judged(byte[] body) {
        Reply reply = FUNCTION.handle(Form.call(TOKEN, body), NOW);
        Sound.json(reply, STATUSES);
        assertThat(reply.body().utf8()).doesNotContain(PresignCalls.SECRET).doesNotContain(TOKEN);
        if (reply.status() != 200) {
            return false;
        }
        Form form = Form.of(reply);
        try {
            assertThat(form.isSignedBy(PresignCalls.SECRET)).isTrue();
        } catch (OssRefusal e) {
            throw new AssertionError(e);
        }
        assertThat(form.field("key")).startsWith("users/alice/").doesNotContain("/../", "/./");
        List<String> conditions = form.conditions();
        assertThat(conditions.get(0)).isEqualTo("[\"eq\",\"$bucket\",\"examplebucket\"]");
        assertThat(conditions.get(1)).matches("(?s)\\[\"(eq|starts-with)\",\"\\$key\",\"users/alice/.*");
        return true;
    }
}

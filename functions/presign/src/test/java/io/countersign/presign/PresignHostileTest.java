package io.countersign.presign;

import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.http.hostile.Attack;
import io.countersign.http.hostile.Cases;
import io.countersign.http.hostile.Edits;
import io.countersign.http.hostile.Sound;
import io.countersign.identity.TestKeys;
import io.countersign.identity.TestToken;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Every request to {@code /presign} is answered. It signs only requests that the role allows, and only for an unchanged token. */
class PresignHostileTest {
    private static final Set<Integer> OF_BODIES = Set.of(200, 400, 403, 404, 413);
    private static final Set<Integer> OF_TOKENS = Set.of(200, 400, 401, 403, 431);

    private static final Set<HttpMethod> GRANTED = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.PUT);
    private static final String FOLDER = "users/alice/";
    private static final PresignFunction FUNCTION = PresignCalls.function(
            PresignCalls.registry(
                    "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"oss:GetObject\","
                            + "\"oss:PutObject\"],\"Resource\":\"acs:oss:*:*:examplebucket/users/${jwt:sub}/*\"}]}"),
            PresignSettings.DEFAULT);

    /** RSA is checked faster than the others, and most of these inputs are about what comes after. */
    private static final String TOKEN = TestToken.good("RS256", "rsa").signed(TestKeys.RSA, "RS256");

    private static final List<String> VICTIMS = List.of(
            "{\"bucket\":\"examplebucket\",\"key\":\"users/alice/a\"}",
            "{\"method\":\"PUT\",\"bucket\":\"examplebucket\",\"key\":\"users/alice/a b+\u4e2d\",\"expiresIn\":600,"
                    + "\"contentType\":\"image/jpeg\",\"contentMd5\":\"1B2M2Y8AsgTpgAmY7PhCfg==\"}",
            "{\"method\":\"PUT\",\"bucket\":\"examplebucket\",\"key\":\"users/alice/m\",\"version\":\"V1\","
                    + "\"headers\":{\"x-oss-meta-a\":\"b\",\"x-oss-meta-c\":\"d\"}}",
            "{\"bucket\":\"examplebucket\",\"key\":\"users/alice/r\",\"query\":{\"response-content-type\":\"text/plain\"}}",
            "{\"bucket\":\"examplebucket\",\"key\":\"users/alice/i\",\"version\":\"V1\","
                    + "\"query\":{\"x-oss-process\":\"image/resize,w_100\"}}",
            "{\"requests\":[{\"bucket\":\"examplebucket\",\"key\":\"users/alice/a\"},"
                    + "{\"method\":\"HEAD\",\"bucket\":\"examplebucket\",\"key\":\"users/alice/b\",\"expiresIn\":1}]}");

    @Test
    void servesEveryUnchangedRequest() {
        assertThat(VICTIMS)
                .allSatisfy(body -> assertThat(post(TOKEN, body.getBytes(StandardCharsets.UTF_8))
                                .status())
                        .as(body)
                        .isEqualTo(200));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void spoiledBodiesAreAnsweredAndNothingElseIsSigned(@ForAll("attacks") List<Attack> attacks) {
        for (Attack attack : attacks) {
            String body = attack.text(attack.parts(List.of(attack.on(VICTIMS))).getFirst());
            judged(body.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void refusesASpoiledToken(@ForAll("attacks") List<Attack> attacks) {
        byte[] body = VICTIMS.getFirst().getBytes(StandardCharsets.UTF_8);
        for (Attack attack : attacks) {
            List<String> parts = attack.parts(List.of(PresignCalls.TOKEN.split("\\.")));
            String token = attack.text(String.join(".", parts));
            Reply reply = post(token, body);
            Sound.json(reply, OF_TOKENS);
            assertThat(reply.body().utf8()).doesNotContain(PresignCalls.SECRET);
            if (reply.status() == 200) {
                assertThat(token.strip()).isEqualTo(PresignCalls.TOKEN);
            }
        }
    }

    @Test
    void inputsThatOnceHurtAreAnswered() {
        List<byte[]> cases = Cases.of(PresignHostileTest.class, "hostile-presign.txt");
        assertThat(cases)
                .hasSizeGreaterThan(20)
                .allSatisfy(body -> assertThat(judged(body)).isZero());
    }

    @Test
    void refusesTokensOfFormerDefects() {
        byte[] body = VICTIMS.getFirst().getBytes(StandardCharsets.UTF_8);
        assertThat(Cases.of(PresignHostileTest.class, "hostile-tokens.txt"))
                .hasSizeGreaterThan(10)
                .allSatisfy(token -> {
                    Reply reply = post(new String(token, StandardCharsets.ISO_8859_1), body);
                    Sound.json(reply, OF_TOKENS);
                    assertThat(reply.status()).isNotEqualTo(200);
                });
    }

    @Provide
    Arbitrary<List<Attack>> attacks() {
        return Edits.attacks();
    }

    private static Reply post(String token, byte[] body) {
        List<Header> headers =
                List.of(new Header("Authorization", "Bearer " + token), new Header("Content-Type", "application/json"));
        return FUNCTION.handle(
                new Call("POST", "/presign", Optional.empty(), headers, Bytes.of(body), "203.0.113.7", true), NOW);
    }

    /** How many URLs were signed, after every check of each. */
    private static int judged(byte[] body) {
        Reply reply = post(TOKEN, body);
        Members answer = Sound.json(reply, OF_BODIES);
        assertThat(reply.body().utf8()).doesNotContain(PresignCalls.SECRET).doesNotContain(TOKEN);
        if (reply.status() != 200) {
            return 0;
        }
        if (!answer.has("results")) {
            granted(PresignCalls.json(reply));
            return 1;
        }
        int signed = 0;
        for (Value result : PresignCalls.results(reply)) {
            if (!((Value.ObjectValue) result).members().containsKey("error")) {
                granted(result);
                signed++;
            }
        }
        return signed;
    }

    /** The URL is good for one object of the caller's own, and for what the role may do with it. */
    private static void granted(Value answer) {
        try {
            OssRequest request = Verified.at(answer, NOW);
            assertThat(request.method()).isIn(GRANTED);
            assertThat(request.target()).isInstanceOfSatisfying(Target.ObjectKey.class, object -> {
                assertThat(object.bucket()).isEqualTo("examplebucket");
                assertThat(object.key()).startsWith(FOLDER).doesNotContain("/../", "/./");
            });
            assertThat(request.query().list())
                    .noneMatch(parameter ->
                            Set.of("acl", "tagging", "symlink", "policy").contains(parameter.name()));
        } catch (OssRefusal | InvalidDocumentException e) {
            throw new AssertionError("signed what OSS refuses: " + answer, e);
        }
    }
}

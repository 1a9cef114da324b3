package io.countersign.token;

import static io.countersign.identity.TestToken.NOW;
import static io.countersign.token.SampleAccounts.call;
import static io.countersign.token.SampleAccounts.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.http.hostile.Attack;
import io.countersign.http.hostile.Cases;
import io.countersign.http.hostile.Edits;
import io.countersign.http.hostile.Sound;
import io.countersign.identity.TestKeys;
import io.countersign.identity.TestToken;
import io.countersign.oss.PercentEncoding;
import io.countersign.token.upstream.UpstreamSessions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Every request to {@code /token} gets a flat answer with HTTP 200, and only an unchanged token authenticates a caller. */
class TokenHostileTest {
    private static final String NARROW =
            "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"oss:GetObject\",\"Resource\":\"*\"}]}";
    private static final List<String> BODIES = List.of(
            "{}",
            "{\"role\":\"app\",\"durationSeconds\":900}",
            "{\"role\":\"acs:ram::1234567890123456:role/short\",\"policy\":" + NARROW + "}");
    private static final List<String> QUERIES =
            List.of("role=app", "durationSeconds=900&role=short", "policy=" + PercentEncoding.encode(NARROW));
    private static final String TOKEN = TestToken.good("RS256", "rsa").signed(TestKeys.RSA, "RS256");
    private static final SampleAccounts ACCOUNTS = new SampleAccounts();
    private static final TokenFunction FUNCTION = ACCOUNTS.tokens(UpstreamSessions.StsEndpoint.DEFAULT);

    @Test
    void servesEveryUnchangedRequest() {
        assertThat(BODIES)
                .allSatisfy(body -> assertThat(served(post(TOKEN, "", body))).isTrue());
        assertThat(QUERIES)
                .allSatisfy(query -> assertThat(served(post(TOKEN, query, ""))).isTrue());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void spoiledBodiesAndQueriesAreAnsweredFlat(@ForAll("attacks") List<Attack> attacks) {
        for (Attack attack : attacks) {
            served(post(
                    TOKEN,
                    "",
                    attack.text(attack.parts(List.of(attack.on(BODIES))).getFirst())));
            served(post(
                    TOKEN, attack.text(attack.parts(List.of(attack.on(QUERIES))).getFirst()), ""));
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void refusesASpoiledToken(@ForAll("attacks") List<Attack> attacks) {
        for (Attack attack : attacks) {
            String token = attack.text(String.join(".", attack.parts(List.of(TOKEN.split("\\.")))));
            if (served(post(token, "", ""))) {
                assertThat(token.strip()).isEqualTo(TOKEN);
            }
            served(FUNCTION.handle(call("GET", "/token", "access_token=" + token, ""), NOW));
        }
    }

    @Test
    void inputsThatOnceHurtAreRefused() {
        assertThat(Cases.of(TokenHostileTest.class, "hostile-token.txt"))
                .hasSizeGreaterThan(15)
                .allSatisfy(body -> {
                    String text = new String(body, StandardCharsets.ISO_8859_1);
                    assertThat(served(post(TOKEN, "", text))).as(text).isFalse();
                    assertThat(served(post(TOKEN, "policy=" + text, "")))
                            .as(text)
                            .isFalse();
                });
    }

    @Provide
    Arbitrary<List<Attack>> attacks() {
        return Edits.attacks();
    }

    private static Reply post(String token, String query, String body) {
        return FUNCTION.handle(
                call(
                        "POST",
                        "/token",
                        query,
                        body,
                        "Authorization",
                        "Bearer " + token,
                        "Content-Type",
                        "application/json"),
                NOW);
    }

    private static boolean served(Reply reply) {
        Sound.json(reply, Set.of(200));
        assertThat(reply.body().utf8()).doesNotContain(TOKEN);
        String status = member(reply, "StatusCode").orElseThrow();
        if (status.equals("200")) {
            assertThat(member(reply, "Expiration").orElseThrow()).matches("[0-9T:-]{19}Z");
            return true;
        }
        assertThat(Integer.parseInt(status)).isBetween(400, 499);
        assertThat(member(reply, "ErrorCode").orElseThrow()).matches("[A-Za-z]+");
        assertThat(member(reply, "ErrorMessage").orElseThrow()).isNotBlank();
        assertThat(member(reply, "AccessKeySecret")).isEmpty();
        return false;
    }
}

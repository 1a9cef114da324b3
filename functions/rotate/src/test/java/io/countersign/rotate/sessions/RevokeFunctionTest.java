package io.countersign.rotate.sessions;

import static io.countersign.registry.Fixture.ACCOUNT;
import static io.countersign.registry.Fixture.NOW;
import static io.countersign.registry.Fixture.SIGNER_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.registry.Fixture;
import io.countersign.registry.Records;
import io.countersign.registry.RevocationItem;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.testkit.Seeds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevokeFunctionTest {
    private static final String SESSION = "0123456789abcdef0123456789abcdef";
    private static final RevocationItem.Revocable.OfProvider PROVIDER =
            new RevocationItem.Revocable.OfProvider(ACCOUNT, "demo");

    private final Fixture fixture = new Fixture();
    private final RevokeFunction function = new RevokeFunction(fixture.store, Seeds.secure());

    @BeforeEach
    void fill() throws Exception {
        fixture.apply(Fixture.golden());
    }

    private Reply send(String body) {
        return send("application/json", "POST", body);
    }

    private Reply send(String type, String method, String body) {
        Call call = new Call(
                method,
                "/sessions/revoke",
                Optional.empty(),
                List.of(new Header("Content-Type", type)),
                Bytes.utf8(body),
                "127.0.0.1",
                false);
        return function.handle(call, NOW);
    }

    private Optional<Instant> revoked(RevocationItem.Revocable about) throws Exception {
        ItemKey key = RevocationItem.key(about);
        var item = Optional.ofNullable(fixture.store
                .get(Set.of(key), RegistryStore.Consistency.STRONG, NOW)
                .get(key));
        return item.isEmpty() ? Optional.empty() : Optional.of(Records.read(item.get(), RevocationItem::read));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"role": "acs:ram::1234567890123456:role/mobile-app"}          | "role":"acs:ram::1234567890123456:role/mobile-app"
            {"provider": "demo"}                                             | "provider":"acs:ram::1234567890123456:oidc-provider/demo"
            {"provider": "acs:ram::1234567890123456:oidc-provider/demo"}     | "provider":"acs:ram::1234567890123456:oidc-provider/demo"
            {"provider": "demo", "subject": "a/b:c d"}                       | "provider":"acs:ram::1234567890123456:oidc-provider/demo","subject":"a/b:c d"
            {"session": "0123456789abcdef0123456789abcdef"}                  | "session":"0123456789abcdef0123456789abcdef"
            """)
    void answersWithWhatIsRevokedAndTheTimeInForce(String body, String named) {
        Reply reply = send(body);
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(200);
        assertThat(reply.body().utf8()).isEqualTo("{" + named + ",\"revokedBefore\":\"" + NOW + "\"}");
    }

    @Test
    void revokesWhatIsNamedAndNothingElse() throws Exception {
        send("{\"provider\": \"demo\", \"subject\": \"alice\", \"asOf\": \"2026-11-22T02:00:00Z\"}");
        send("{\"session\": \"" + SESSION + "\"}");
        send("{\"accessKey\": \"" + SIGNER_KEY + "\"}");
        assertThat(revoked(new RevocationItem.Revocable.OfSubject(PROVIDER, "alice")))
                .contains(Instant.parse("2026-11-22T02:00:00Z"));
        assertThat(revoked(new RevocationItem.Revocable.OfSubject(PROVIDER, "bob")))
                .isEmpty();
        assertThat(revoked(PROVIDER)).isEmpty();
        assertThat(revoked(new RevocationItem.Revocable.OfSession(SESSION))).contains(NOW);
        assertThat(revoked(new RevocationItem.Revocable.OfAccessKey(SIGNER_KEY)))
                .contains(NOW);
        assertThat(fixture.store.payloads().values())
                .filteredOn(payload -> payload.contains("a program revoked those issued up to"))
                .hasSize(3)
                .allSatisfy(payload -> assertThat(payload).contains("\"eventId\":\"call-"));
    }

    @Test
    void aLaterMomentStaysInForce() {
        send("{\"session\": \"" + SESSION + "\"}");
        assertThat(send("{\"session\": \"" + SESSION + "\", \"asOf\": \"2026-11-22T01:00:00Z\"}")
                        .body()
                        .utf8())
                .contains("\"revokedBefore\":\"" + NOW + "\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"role": "acs:ram::1234567890123456:role/nobody"}            | 404 | NoSuchRole
            {"provider": "nobody"}                                         | 404 | NoSuchProvider
            {"provider": "acs:ram::99:oidc-provider/demo"}                 | 404 | NoSuchProvider
            {"provider": "nobody", "subject": "alice"}                     | 404 | NoSuchProvider
            {"accessKey": "LTAI5tNobodyNobodyNobody"}                      | 404 | NoSuchAccessKey
            """)
    void refusesWhatTheRegistryDoesNotHold(String body, int status, String code) {
        refused(body, status, code);
    }

    @Test
    void refusesABareNameThatTwoAccountsHave() throws Exception {
        fixture.apply(
                Fixture.golden()
                        + "\n  - id: \"43\"\n    oidcProviders: [{name: demo, issuer: \"https://two.example\", clientIds: [two], jwksUri: \"https://two.example/keys\"}]\n");
        refused("{\"provider\": \"demo\", \"subject\": \"alice\"}", 409, "AmbiguousProvider");
        assertThat(send("{\"provider\": \"acs:ram::43:oidc-provider/demo\", \"subject\": \"alice\"}")
                        .status())
                .isEqualTo(200);
        assertThat(revoked(new RevocationItem.Revocable.OfSubject(PROVIDER, "alice")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"subject\": \"alice\"}",
                "{\"asOf\": \"2026-11-22T02:00:00Z\"}",
                "{\"role\": \"mobile-app\"}",
                "{\"role\": \"acs:ram::1234567890123456:oidc-provider/demo\"}",
                "{\"role\": \"acs:ram::1234567890123456:role/mobile-app\", \"provider\": \"demo\"}",
                "{\"role\": \"acs:ram::1234567890123456:role/mobile-app\", \"subject\": \"alice\"}",
                "{\"provider\": \"\"}",
                "{\"provider\": \"a/b\"}",
                "{\"provider\": \"acs:ram::1234567890123456:oidc-provider/\"}",
                "{\"provider\": \"demo\", \"subject\": \"\"}",
                "{\"provider\": \"demo\", \"subject\": \"a\\nb\"}",
                "{\"provider\": \"demo\", \"subject\": null}",
                "{\"provider\": \"demo\", \"subject\": [\"alice\"]}",
                "{\"provider\": \"demo\", \"Subject\": \"alice\"}",
                "{\"accessKey\": \"STS.NUgYrLnoC37mZZCNnAbez\"}",
                "{\"accessKey\": 1}",
                "{\"session\": \"\"}",
                "{\"session\": \"0123456789ABCDEF0123456789ABCDEF\"}",
                "{\"session\": \"0123456789abcdef0123456789abcde\"}",
                "{\"session\": \"0123456789abcdef0123456789abcdef\", \"subject\": \"alice\"}",
                "{\"session\": \"0123456789abcdef0123456789abcdef\", \"asOf\": \"2026-11-22T03:00:00.001Z\"}",
                "{\"session\": \"0123456789abcdef0123456789abcdef\", \"asOf\": \"yesterday\"}",
                "{\"session\": \"0123456789abcdef0123456789abcdef\", \"asOf\": \"-1000000000-01-01T00:00:00Z\"}",
                "{\"session\": \"0123456789abcdef0123456789abcdef\", \"asOf\": 1}"
            })
    void refusesAMalformedCallWithoutAChange(String body) {
        refused(body, 400, "InvalidMember");
    }

    @Test
    void refusesALongSubjectAndHalfACharacter() {
        refused("{\"provider\": \"demo\", \"subject\": \"" + "a".repeat(256) + "\"}", 400, "InvalidMember");
        Reply half = send("{\"provider\": \"demo\", \"subject\": \"\\ud800\"}");
        assertThat(half.status()).isEqualTo(400);
    }

    @Test
    void refusesWhatIsNoJsonObjectByPost() {
        refused("[]", 400, "InvalidJson");
        refused("{\"session\":\"" + SESSION + "\",\"session\":\"" + SESSION + "\"}", 400, "InvalidJson");
        assertThat(send("text/plain", "POST", "{}").status()).isEqualTo(415);
        assertThat(send("application/json", "GET", "").status()).isEqualTo(405);
        assertThat(send(" ".repeat(70_000)).status()).isEqualTo(413);
    }

    @Test
    void saysThatTheStoreIsDown() {
        fixture.store.down(true);
        assertThat(send("{\"session\": \"" + SESSION + "\"}").status()).isEqualTo(503);
    }

    private void refused(String body, int status, String code) {
        var before = fixture.store.payloads();
        Reply reply = send(body);
        assertThat(reply.body().utf8()).contains("\"code\":\"" + code + "\"");
        assertThat(reply.status()).isEqualTo(status);
        assertThat(fixture.store.payloads()).isEqualTo(before);
    }
}

package io.countersign.token.sts;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.http.hostile.Attack;
import io.countersign.http.hostile.Cases;
import io.countersign.http.hostile.Edits;
import io.countersign.http.hostile.Sound;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.token.SampleAccounts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Every request to {@code /} is answered in STS's form, and a caller is authenticated only by a valid signature over exactly its request. */
class StsHostileTest {
    private static final Set<Integer> STATUSES = Set.of(200, 400, 401, 403, 404, 405, 413, 414, 415, 431);
    private static final Sts STS = new Sts();

    private static final List<Call> VICTIMS = List.of(
            Rpc.assumeRole("app").signed(SampleAccounts.ADA_KEY, "AdaSecret").inForm(),
            Rpc.assumeRole("app")
                    .get()
                    .with("Format", "XML")
                    .signed(SampleAccounts.ADA_KEY, "AdaSecret")
                    .inQuery(),
            Rpc.assumeRole("short")
                    .with("ExternalId", "a+b")
                    .signed(SampleAccounts.ADA_KEY, "AdaSecret")
                    .inBoth(),
            Rpc.of("GetCallerIdentity")
                    .signed(SampleAccounts.ROOT_KEY, "RootSecret")
                    .inForm(),
            Acs3.of("AssumeRole")
                    .query("RoleArn=acs%3Aram%3A%3A1234567890123456%3Arole%2Fapp&RoleSessionName=phone")
                    .signed(SampleAccounts.ADA_KEY, "AdaSecret"),
            Acs3.of("GetCallerIdentity")
                    .header("accept", "application/xml")
                    .signed(SampleAccounts.BOB_KEY, "BobSecret"));

    @Test
    void servesEveryUnchangedRequest() {
        Sts fresh = new Sts();
        assertThat(VICTIMS)
                .allSatisfy(call -> assertThat(fresh.ask(call).status()).isEqualTo(200));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void spoiledCallsAreAnsweredInStssForm(@ForAll("attacks") List<Attack> attacks) {
        for (Attack attack : attacks) {
            Call victim = attack.on(VICTIMS);
            List<String> parts = new ArrayList<>(List.of(
                    victim.method(), victim.rawQuery().orElse(""), victim.body().utf8()));
            victim.headers().forEach(header -> parts.add(header.value()));
            List<String> spoiled = attack.parts(parts);
            List<Header> headers = new ArrayList<>();
            for (int i = 0; i < victim.headers().size(); i++) {
                headers.add(new Header(victim.headers().get(i).name(), spoiled.get(3 + i)));
            }
            Call call = new Call(
                    spoiled.get(0),
                    "/",
                    spoiled.get(1).isEmpty() ? Optional.empty() : Optional.of(attack.text(spoiled.get(1))),
                    headers,
                    Bytes.utf8(attack.text(spoiled.get(2))),
                    "203.0.113.7",
                    true);
            sound(STS.ask(call));
        }
    }

    @Test
    void inputsThatOnceHurtAreRefused() {
        List<byte[]> cases = Cases.of(StsHostileTest.class, "hostile-sts.txt");
        assertThat(cases).hasSizeGreaterThan(20).allSatisfy(body -> {
            assertThat(sound(STS.ask(form(body)))).isFalse();
            String query = new String(body, StandardCharsets.ISO_8859_1);
            assertThat(sound(STS.ask(SampleAccounts.call("GET", "/", query, ""))))
                    .isFalse();
        });
    }

    @Provide
    Arbitrary<List<Attack>> attacks() {
        return Edits.attacks();
    }

    private static Call form(byte[] body) {
        return new Call(
                "POST",
                "/",
                Optional.empty(),
                List.of(new Header("Content-Type", "application/x-www-form-urlencoded")),
                Bytes.of(body),
                "203.0.113.7",
                true);
    }

    /** Whether it was served. */
    private static boolean sound(Reply reply) {
        Sound.reply(reply, STATUSES);
        String text = reply.body().utf8();
        assertThat(text).doesNotContain("AdaSecret", "RootSecret", "BobSecret");
        if (reply.header("Content-Type").orElseThrow().startsWith("text/xml")) {
            if (reply.status() != 200) {
                Sound.xml(reply);
            }
        } else {
            members(reply, text);
        }
        return reply.status() == 200;
    }

    private static void members(Reply reply, String text) {
        try {
            Members members = Members.of(Values.parse(text));
            assertThat(members.string("RequestId")).isNotBlank();
            if (reply.status() != 200) {
                assertThat(members.string("Code")).matches("[A-Za-z0-9.]+");
                assertThat(members.string("Message")).isNotBlank();
            }
        } catch (InvalidDocumentException e) {
            throw new AssertionError(text, e);
        }
    }
}

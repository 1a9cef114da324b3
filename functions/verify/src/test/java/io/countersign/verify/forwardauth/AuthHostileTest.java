package io.countersign.verify.forwardauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Client;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.http.hostile.Attack;
import io.countersign.http.hostile.Cases;
import io.countersign.http.hostile.Edits;
import io.countersign.http.hostile.Sound;
import io.countersign.identity.TrustedProxies;
import io.countersign.oss.BaseDomains;
import io.countersign.oss.OssRefusal;
import io.countersign.registry.AclWriter;
import io.countersign.signing.SigningKeys;
import io.countersign.testkit.Seeds;
import io.countersign.verify.decide.Genuine;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.StillAllowed;
import io.countersign.verify.decide.UrlUses;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.decide.Victims;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/** Whatever a proxy sends on is answered, and it lets a request pass in somebody's name only if that one's secret was used for it. */
class AuthHostileTest {
    private static final SampleRegistry REGISTRY = new SampleRegistry();
    private static final AuthFunction FUNCTION = new AuthFunction(
            REGISTRY.reader(),
            new AclWriter(REGISTRY.store),
            new UrlUses(REGISTRY.store),
            SessionOpener.NONE,
            new SigningKeys(16),
            new AuthSettings(
                    HeaderFamily.NGINX,
                    AuthSettings.KeyRule.OBJECT,
                    TrustedProxies.of(List.of("127.0.0.1")),
                    VpcRule.FROM_HEADER,
                    BaseDomains.DEFAULT),
            Seeds.random("AuthHostileTest"),
            () -> 0);
    private static final List<Victim> VICTIMS =
            Victims.all().stream().map(Victim::of).toList();

    /** The call of a proxy for an allowed request, with its principal, action and resource. */
    private record Victim(String accessKeyId, List<String> parts, List<String> facts) {
        static Victim of(VerifyRequest request) {
            List<String> parts = new ArrayList<>();
            for (Header header : ProxyCall.nginx(request).headers()) {
                parts.add(header.name());
                parts.add(header.value());
            }
            Reply reply = ask(headers(lines(parts)));
            assertThat(reply.status()).as(parts.toString()).isEqualTo(200);
            return new Victim(keyId(parts), parts, factsOf(reply));
        }

        private static String keyId(List<String> parts) {
            String all = lines(parts);
            return Stream.of(SampleRegistry.ROOT, SampleRegistry.USER, SampleRegistry.RETIRING)
                    .map(key -> key.id())
                    .filter(all::contains)
                    .findFirst()
                    .orElse("");
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void spoiledCallsAreAnsweredAndNonePassesForWhatItIsNot(@ForAll("attacks") List<Attack> attacks) {
        for (Attack attack : attacks) {
            Victim victim = attack.on(VICTIMS);
            List<Header> headers = headers(attack.text(lines(attack.parts(victim.parts()))));
            Reply reply = judged(headers);
            boolean named = reply.status() == 200 && !isAnonymous(reply);
            Statistics.label("spoiled calls")
                    .collect(named ? StillAllowed.STILL_ALLOWED : StillAllowed.NOT_IN_THAT_NAME)
                    .coverage(StillAllowed::sometimes);
            if (named) {
                Genuine.check(read(headers), victim.accessKeyId());
                StillAllowed.check(
                        read(headers(lines(victim.parts()))),
                        read(headers),
                        factsOf(reply).equals(victim.facts()));
            }
        }
    }

    @Test
    void inputsThatOnceHurtAreAnswered() {
        List<byte[]> cases = Cases.of(AuthHostileTest.class, "hostile-auth.txt");
        assertThat(cases).hasSizeGreaterThan(20).allSatisfy(input -> {
            Reply reply = judged(headers(new String(input, StandardCharsets.UTF_8)));
            assertThat(reply.status() == 403 || isAnonymous(reply)).isTrue();
        });
    }

    @Provide
    Arbitrary<List<Attack>> attacks() {
        return Edits.attacks();
    }

    private static String lines(List<String> parts) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < parts.size(); i += 2) {
            lines.append(parts.get(i)).append(": ").append(parts.get(i + 1)).append('\n');
        }
        return lines.toString();
    }

    /** Lines as a server hands them over: one character for each byte, whatever it is. */
    private static List<Header> headers(String lines) {
        String bytes = new String(lines.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        List<Header> headers = new ArrayList<>();
        for (String line : bytes.split("\n")) {
            int colon = line.indexOf(':');
            headers.add(
                    colon < 0
                            ? new Header(line, "")
                            : new Header(
                                    line.substring(0, colon),
                                    line.substring(colon + 1).strip()));
        }
        return headers;
    }

    private static Call call(List<Header> headers) {
        return new Call("GET", "/auth", Optional.empty(), headers, Bytes.EMPTY, "127.0.0.1", false);
    }

    private static Reply ask(List<Header> headers) {
        return FUNCTION.handle(call(headers), SampleRegistry.NOW);
    }

    private static Reply judged(List<Header> headers) {
        Reply reply = ask(headers);
        Sound.reply(reply, Set.of(200, 403));
        assertThat(reply.body().utf8() + reply.headers()).doesNotContain("secret-of-");
        if (reply.status() == 200) {
            assertThat(reply.body().isEmpty()).isTrue();
            assertThat(factsOf(reply)).hasSize(4);
        } else {
            assertThat(factsOf(reply)).isEmpty();
            assertThat(reply.header("X-Countersign-Status").orElseThrow()).matches("[45][0-9][0-9]");
            Sound.xml(reply);
        }
        return reply;
    }

    private static boolean isAnonymous(Reply reply) {
        return reply.header("X-Countersign-Principal").equals(Optional.of("Anonymous"));
    }

    private static List<String> factsOf(Reply reply) {
        return AbstractAuthTest.FACTS.stream()
                .flatMap(name -> reply.header(name).stream())
                .toList();
    }

    private static VerifyRequest read(List<Header> headers) {
        try {
            return ForwardedRequest.read(call(headers), HeaderFamily.NGINX)
                    .toVerify(new ClientConnection(Client.UNKNOWN, Optional.empty()));
        } catch (OssRefusal e) {
            throw new AssertionError("passed what cannot be read", e);
        }
    }
}

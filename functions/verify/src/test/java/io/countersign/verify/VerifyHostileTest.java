package io.countersign.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.http.hostile.Attack;
import io.countersign.http.hostile.Cases;
import io.countersign.http.hostile.Edits;
import io.countersign.http.hostile.Quoted;
import io.countersign.http.hostile.Sound;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.oss.Headers;
import io.countersign.registry.store.MemoryStore;
import io.countersign.signing.SigningKeys;
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
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/** Whatever is sent to {@code /verify} is answered, and a name is only put to a request that its secret was used for. */
class VerifyHostileTest {
    private static final Set<Integer> DOCUMENTED = Set.of(200, 400, 413);
    private static final VerifyFunction FUNCTION = new VerifyFunction(
            new SampleRegistry().reader(),
            new UrlUses(new MemoryStore()),
            SessionOpener.NONE,
            new SigningKeys(16),
            VerifySettings.DEFAULT);
    private static final List<Victim> VICTIMS =
            Victims.all().stream().map(Victim::of).toList();

    /** A valid call, and what its request was allowed as. */
    private record Victim(VerifyRequest request, List<String> parts, Optional<Named> named) {
        static Victim of(VerifyRequest request) {
            List<String> parts = new ArrayList<>(
                    List.of(request.method(), request.url(), request.sourceIp().orElse("")));
            for (Headers.HeaderField field : request.headers().fields()) {
                parts.add(field.name());
                parts.add(field.value());
            }
            Members answer = Sound.json(post(body(parts).getBytes(StandardCharsets.UTF_8)), Set.of(200));
            return new Victim(request, parts, Named.in(answer));
        }
    }

    /** An allowed principal and its operation. */
    private record Named(String accessKeyId, String action, String resource) {
        /** Empty when the request was refused or is anonymous. */
        static Optional<Named> in(Members answer) {
            try {
                if (!Members.bool(answer.required("allowed"))) {
                    return Optional.empty();
                }
                Members principal = Members.of(answer.required("principal"));
                if (principal.string("type").equals("Anonymous")) {
                    return Optional.empty();
                }
                return Optional.of(
                        new Named(principal.string("accessKeyId"), answer.string("action"), answer.string("resource")));
            } catch (InvalidDocumentException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void allowsEveryUnchangedRequest() {
        assertThat(VICTIMS).filteredOn(victim -> victim.named().isEmpty()).hasSize(2);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void spoiledRequestsAreAnsweredAndNoneIsTreatedAsWhatItIsNot(@ForAll("attacks") List<Attack> attacks) {
        for (Attack attack : attacks) {
            Victim victim = attack.on(VICTIMS);
            String body = attack.text(body(attack.parts(victim.parts())));
            Optional<Named> named = judged(body.getBytes(StandardCharsets.UTF_8));
            Statistics.label("spoiled requests")
                    .collect(named.isPresent() ? StillAllowed.STILL_ALLOWED : StillAllowed.NOT_IN_THAT_NAME)
                    .coverage(StillAllowed::sometimes);
            if (named.isPresent()) {
                assertThat(victim.named()).as(body).isPresent();
                StillAllowed.check(
                        victim.request(), read(body.getBytes(StandardCharsets.UTF_8)), named.equals(victim.named()));
            }
        }
    }

    @Test
    void inputsThatOnceHurtAreAnswered() {
        List<byte[]> cases = Cases.of(VerifyHostileTest.class, "hostile-verify.txt");
        assertThat(cases)
                .hasSizeGreaterThan(20)
                .allSatisfy(body -> assertThat(judged(body)).isEmpty());
    }

    @Provide
    Arbitrary<List<Attack>> attacks() {
        return Edits.attacks();
    }

    private static String body(List<String> parts) {
        StringBuilder json = new StringBuilder("{\"method\":")
                .append(Quoted.json(parts.get(0)))
                .append(",\"url\":")
                .append(Quoted.json(parts.get(1)))
                .append(",\"sourceIp\":")
                .append(Quoted.json(parts.get(2)))
                .append(",\"headers\":{");
        for (int i = 3; i < parts.size(); i += 2) {
            json.append(i == 3 ? "" : ",")
                    .append(Quoted.json(parts.get(i)))
                    .append(":[")
                    .append(Quoted.json(parts.get(i + 1)))
                    .append(']');
        }
        return json.append("}}").toString();
    }

    private static Reply post(byte[] body) {
        return FUNCTION.handle(
                new Call(
                        "POST",
                        "/verify",
                        Optional.empty(),
                        List.of(new Header("Content-Type", "application/json")),
                        Bytes.of(body),
                        "127.0.0.1",
                        false),
                SampleRegistry.NOW);
    }

    /** Returns the allowed principal, after every check that needs only this reply. */
    private static Optional<Named> judged(byte[] body) {
        Reply reply = post(body);
        Members answer = Sound.json(reply, DOCUMENTED);
        assertThat(reply.body().utf8()).doesNotContain("secret-of-");
        if (reply.status() != 200) {
            return Optional.empty();
        }
        Optional<Named> named = Named.in(answer);
        named.ifPresent(who -> Genuine.check(read(body), who.accessKeyId()));
        return named;
    }

    private static VerifyRequest read(byte[] body) {
        try {
            return VerifyRequestReader.read(Members.of(Values.parse(body))).request();
        } catch (InvalidDocumentException e) {
            throw new AssertionError("allowed what cannot be read", e);
        }
    }
}

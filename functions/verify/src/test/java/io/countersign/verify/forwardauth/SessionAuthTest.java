package io.countersign.verify.forwardauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.identity.token.SessionIssuer;
import io.countersign.identity.token.SessionReader;
import io.countersign.registry.AclWriter;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.RevocationItem;
import io.countersign.registry.Revocations;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.testkit.Seeds;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.Sessions;
import io.countersign.verify.decide.UrlUses;
import io.countersign.verify.decide.VerifyRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionAuthTest extends AbstractAuthTest {
    private final Sessions sessions = new Sessions(registry);
    private final AuthFunction face = face();

    private AuthFunction face() {
        KeyRegistry reader = registry.reader();
        return new AuthFunction(
                reader,
                new AclWriter(registry.store),
                new UrlUses(registry.store),
                SessionOpener.of(new SessionReader(reader)),
                new SigningKeys(16),
                AuthSettings.DEFAULT,
                Seeds.secure(),
                () -> 0);
    }

    private static List<ProxyCall> calls(SignatureVersion version, String key, SessionIssuer.IssuedSession session) {
        ClientRequest asked = ClientRequest.get(SampleRegistry.PRIVATE, key)
                .token(session.token().reveal());
        VerifyRequest signed = asked.signed(version, Sessions.key(session));
        return List.of(
                ProxyCall.nginx(signed),
                ProxyCall.nginx(asked.presigned(version, Sessions.key(session), Duration.ofMinutes(5))));
    }

    @ParameterizedTest
    @EnumSource
    void aSessionIsLetThroughToWhatItMay(SignatureVersion version) {
        SessionIssuer.IssuedSession alice = sessions.alice();
        for (ProxyCall call : calls(version, "users/alice/a", alice)) {
            Reply reply = assertAllowed(face, call);
            assertThat(reply.header("X-Countersign-Principal").orElseThrow()).contains("mobile", "alice");
            assertThat(reply.header("X-Countersign-Subject")).contains("alice");
        }
        for (ProxyCall call : calls(version, "users/bob/a", alice)) {
            assertRefused(face, call, 403, "AccessDenied");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRevokedSessionIsRefusedAndItsTokenNotShown(SignatureVersion version) throws Exception {
        SessionIssuer.IssuedSession alice = sessions.alice();
        new Revocations(registry.store)
                .revoke(
                        new RevocationItem.Revocable.OfProvider(SampleRegistry.OWNER, "demo"),
                        SampleRegistry.NOW,
                        SampleRegistry.NOW);
        for (ProxyCall call : calls(version, "users/alice/a", alice)) {
            Reply reply = assertRefused(face, call, 403, "InvalidSecurityToken");
            assertThat(reply.body().utf8())
                    .contains("0002-00000006")
                    .doesNotContain(alice.token().reveal());
        }
    }
}

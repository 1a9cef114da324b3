package io.countersign.verify.forwardauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.identity.TrustedProxies;
import io.countersign.oss.BaseDomains;
import io.countersign.registry.AclWriter;
import io.countersign.signing.SigningKeys;
import io.countersign.testkit.Seeds;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.UrlUses;
import java.util.List;

/** The face over {@link SampleRegistry}, and what tests say about its replies. */
abstract class AbstractAuthTest {
    static final List<String> FACTS = List.of(
            "X-Countersign-Principal", "X-Countersign-Subject", "X-Countersign-Action", "X-Countersign-Resource");

    final SampleRegistry registry = new SampleRegistry();
    final AuthFunction function = function(AuthSettings.DEFAULT);

    AuthFunction function(AuthSettings settings) {
        return new AuthFunction(
                registry.reader(),
                new AclWriter(registry.store),
                new UrlUses(registry.store),
                SessionOpener.NONE,
                new SigningKeys(16),
                settings,
                Seeds.secure(),
                () -> 0);
    }

    static AuthSettings settings(HeaderFamily family, AuthSettings.KeyRule keys, String... proxies) {
        return settings(family, keys, VpcRule.NONE, proxies);
    }

    static AuthSettings settings(HeaderFamily family, AuthSettings.KeyRule keys, VpcRule vpc, String... proxies) {
        return new AuthSettings(family, keys, TrustedProxies.of(List.of(proxies)), vpc, BaseDomains.DEFAULT);
    }

    Reply ask(ProxyCall call) {
        return ask(function, call);
    }

    static Reply ask(AuthFunction face, ProxyCall call) {
        return face.handle(call.call(), SampleRegistry.NOW);
    }

    Reply assertAllowed(ProxyCall call) {
        return assertAllowed(function, call);
    }

    static Reply assertAllowed(AuthFunction face, ProxyCall call) {
        Reply reply = ask(face, call);
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(200);
        assertThat(reply.body().isEmpty()).isTrue();
        assertThat(FACTS).allSatisfy(name -> assertThat(reply.header(name)).isPresent());
        assertAlways(reply);
        return reply;
    }

    Reply assertRefused(ProxyCall call, int status, String code) {
        return assertRefused(function, call, status, code);
    }

    static Reply assertRefused(AuthFunction face, ProxyCall call, int status, String code) {
        Reply reply = ask(face, call);
        assertThat(reply.status()).as(reply.headers().toString()).isEqualTo(403);
        assertThat(reply.body().utf8()).contains("<Code>" + code + "</Code>");
        assertThat(reply.code()).contains(code);
        assertThat(reply.header("X-Countersign-Status")).contains(Integer.toString(status));
        assertThat(reply.header("Content-Type")).contains("application/xml");
        assertThat(FACTS).allSatisfy(name -> assertThat(reply.header(name)).isEmpty());
        assertAlways(reply);
        return reply;
    }

    static void assertAlways(Reply reply) {
        assertThat(reply.header("Date")).contains("Sun, 22 Nov 2026 03:00:00 GMT");
        assertThat(reply.header("x-oss-request-id").orElseThrow()).matches("[0-9A-F]{24}");
        assertThat(reply.header("x-oss-server-time")).contains("0");
        assertThat(reply.header("Cache-Control")).contains("no-store");
    }
}

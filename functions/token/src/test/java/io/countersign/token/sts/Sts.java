package io.countersign.token.sts;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Call;
import io.countersign.http.Reply;
import io.countersign.identity.TestToken;
import io.countersign.token.World;

/** The face, over a world of its own. */
final class Sts {
    final World world = new World();
    final StsFunction function =
            new StsFunction(world.authenticator, world.registry, world.fixture.store, world.fixture.random);

    Reply ask(Call call) {
        return function.handle(call, TestToken.NOW);
    }

    /** A call by POST, its parameters in the form, signed by ada. */
    Reply byAda(Rpc rpc) {
        return ask(rpc.signed(World.ADA_KEY, "AdaSecret").inForm());
    }

    /** The session that ada gets for a role. */
    Reply session(String role) {
        Reply reply = byAda(Rpc.assumeRole(role));
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(200);
        return reply;
    }

    static void refused(Reply reply, int status, String code, String message) {
        assertThat(World.member(reply, "Code")).as(reply.body().utf8()).contains(code);
        assertThat(reply.code()).contains(code);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(World.member(reply, "Message").orElseThrow()).contains(message);
        assertThat(World.member(reply, "RequestId").orElseThrow()).matches("[0-9A-F-]{36}");
        assertThat(World.member(reply, "HostId")).isPresent();
        assertThat(World.member(reply, "Recommend").orElseThrow()).endsWith(code);
        assertThat(reply.header("Cache-Control")).contains("no-store");
    }
}

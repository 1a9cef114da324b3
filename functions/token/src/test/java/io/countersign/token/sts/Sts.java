package io.countersign.token.sts;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Call;
import io.countersign.http.Reply;
import io.countersign.identity.TestToken;
import io.countersign.token.SampleAccounts;

/** The STS endpoint, over its own accounts. */
final class Sts {
    final SampleAccounts accounts = new SampleAccounts();
    final StsFunction function = new StsFunction(
            accounts.authenticator,
            accounts.registry,
            accounts.limits,
            accounts.fixture.store,
            accounts.fixture.random);

    Reply ask(Call call) {
        return function.handle(call, TestToken.NOW);
    }

    /** A call by POST, its parameters in the form, signed by ada. */
    Reply byAda(Rpc rpc) {
        return ask(rpc.signed(SampleAccounts.ADA_KEY, "AdaSecret").inForm());
    }

    /** The session that ada gets for a role. */
    Reply session(String role) {
        Reply reply = byAda(Rpc.assumeRole(role));
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(200);
        return reply;
    }

    static void refused(Reply reply, int status, String code, String message) {
        assertThat(SampleAccounts.member(reply, "Code")).as(reply.body().utf8()).contains(code);
        assertThat(reply.code()).contains(code);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(SampleAccounts.member(reply, "Message").orElseThrow()).contains(message);
        assertThat(SampleAccounts.member(reply, "RequestId").orElseThrow())
                .matches("[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}");
        assertThat(SampleAccounts.member(reply, "HostId")).isPresent();
        assertThat(SampleAccounts.member(reply, "Recommend").orElseThrow()).endsWith(code);
        assertThat(reply.header("Cache-Control")).contains("no-store");
    }
}

package io.countersign.verify.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.oss.OssRefusal;
import io.countersign.verify.Asked;
import io.countersign.verify.TestRegistry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientConnectionTest extends AbstractAuthTest {
    private static final TrustedProxies PROXIES =
            TrustedProxies.of(List.of("127.0.0.1", "10.0.0.0/8", "2001:db8::/32"));

    private static ClientConnection of(ProxyCall call) {
        return of(call, VpcRule.NONE);
    }

    private static ClientConnection of(ProxyCall call, VpcRule vpc) {
        try {
            return ClientConnection.of(call.call(), PROXIES, vpc);
        } catch (OssRefusal e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "'1.1.1.1, 203.0.113.7', 203.0.113.7",
        "'1.1.1.1, 203.0.113.7, 10.2.3.4', 203.0.113.7",
        "'1.1.1.1,203.0.113.7,,10.2.3.4 , 2001:db8::1', 203.0.113.7",
        "::ffff:203.0.113.7, 203.0.113.7",
        "'nonsense, 203.0.113.7', 203.0.113.7",
        "'10.1.1.1, 10.2.2.2', 10.1.1.1",
        "2001:DB9::1, 2001:db9:0:0:0:0:0:1",
        "'', 127.0.0.1",
        "', ,', 127.0.0.1"
    })
    void theClientIsTheRightmostThatIsNoProxy(String forwardedFor, String client) {
        assertThat(of(ProxyCall.nothing().with("X-Forwarded-For", forwardedFor)).sourceIp())
                .contains(client);
    }

    @Test
    void linesAreOneList() {
        ProxyCall call = ProxyCall.nothing()
                .with("X-Forwarded-For", "1.1.1.1")
                .with("x-forwarded-for", "203.0.113.7")
                .with("X-Forwarded-For", "10.0.0.1");
        assertThat(of(call).sourceIp()).contains("203.0.113.7");
        assertThat(of(ProxyCall.nothing()).sourceIp()).contains("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "203.0.113.7:443",
                "[2001:db9::1]",
                "203.0.113.07",
                "localhost",
                "_hidden",
                "fe80::1%eth0"
            })
    void whatIsNoAddressMeetsNoCondition(String hop) {
        assertThat(of(ProxyCall.nothing().with("X-Forwarded-For", "203.0.113.7, " + hop))
                        .sourceIp())
                .isEmpty();
        assertThat(of(ProxyCall.nothing().from(hop)).sourceIp()).isEmpty();
    }

    @Test
    void othersAreNotBelieved() {
        ProxyCall call = ProxyCall.nothing()
                .from("198.51.100.1")
                .with("X-Forwarded-For", "203.0.113.7")
                .with("X-Forwarded-Proto", "https");
        assertThat(of(call)).isEqualTo(new ClientConnection(Optional.of("198.51.100.1"), false, Optional.empty()));
        assertThat(of(call.overTls()).secure()).isTrue();
    }

    @Test
    void aProxySaysWhetherTheClientCameOverTls() {
        ProxyCall call = ProxyCall.nothing();
        assertThat(of(call.with("X-Forwarded-Proto", "HTTPS")).secure()).isTrue();
        assertThat(of(call.overTls()).secure()).isFalse();
        assertThat(of(call.overTls().with("X-Forwarded-Proto", "http")).secure())
                .isFalse();
        assertThat(of(call.with("X-Forwarded-Proto", "https,http")).secure()).isFalse();
        assertThat(of(call.with("X-Forwarded-Proto", "https").with("X-Forwarded-Proto", "https"))
                        .secure())
                .isFalse();
    }

    @Test
    void aTrustedProxyNamesTheVpcWhereItIsSetSo() {
        ProxyCall call = ProxyCall.nothing().with("x-countersign-source-vpc", "vpc-t4nlw426y44rd3iq4");
        assertThat(of(call, VpcRule.FROM_HEADER).sourceVpc()).contains("vpc-t4nlw426y44rd3iq4");
        assertThat(of(call, VpcRule.NONE).sourceVpc()).isEmpty();
        assertThat(of(call.from("198.51.100.1"), VpcRule.FROM_HEADER).sourceVpc())
                .isEmpty();
        assertThat(of(ProxyCall.nothing(), VpcRule.FROM_HEADER).sourceVpc()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "vpc", "vpc-", "vpc-a, vpc-b", " vpc-a", "eni-a", "vpc-*", "vpc-a\u00e9"})
    void whatIsNoVpcIsRefused(String value) {
        ProxyCall call = ProxyCall.nothing().with(VpcRule.HEADER, value);
        assertThatThrownBy(() -> ClientConnection.of(call.call(), PROXIES, VpcRule.FROM_HEADER))
                .isInstanceOf(OssRefusal.class)
                .hasMessageContaining(VpcRule.HEADER);
        assertThat(of(call, VpcRule.NONE).sourceVpc()).isEmpty();
    }

    @Test
    void twoLinesAreRefusedAlsoWhenTheyAgree() {
        ProxyCall call = ProxyCall.nothing().with(VpcRule.HEADER, "vpc-a").with("X-COUNTERSIGN-SOURCE-VPC", "vpc-a");
        assertThatThrownBy(() -> ClientConnection.of(call.call(), PROXIES, VpcRule.FROM_HEADER))
                .isInstanceOf(OssRefusal.class);
    }

    @Test
    void policiesJudgeTheAddressOfTheClient() {
        AuthFunction behind = function(settings(HeaderFamily.NGINX, KeyRule.FILE, "127.0.0.1"));
        ProxyCall call = ProxyCall.nginx(
                        Asked.get(TestRegistry.GOVERNED, "open/a").anonymous())
                .with("X-Forwarded-For", "203.0.113.7");
        assertAllowed(behind, call);
        assertRefused(behind, call.with("X-Forwarded-For", "198.51.100.1"), 403, "AccessDenied");
        assertRefused(call, 403, "AccessDenied");
        assertAllowed(call.from("203.0.113.9"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "*", "10.0.0"})
    void whatIsNoBlockIsNoSetting(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> TrustedProxies.of(List.of(text)));
    }
}

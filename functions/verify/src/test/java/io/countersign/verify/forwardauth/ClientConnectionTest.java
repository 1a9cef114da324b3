package io.countersign.verify.forwardauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.identity.TrustedProxies;
import io.countersign.oss.OssRefusal;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.SampleRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientConnectionTest extends AbstractAuthTest {
    private static final TrustedProxies PROXIES =
            TrustedProxies.of(List.of("127.0.0.1", "10.0.0.0/8", "2001:db8::/32"));

    private static ClientConnection of(ProxyCall call, VpcRule vpc) {
        try {
            return ClientConnection.of(call.call(), PROXIES, vpc);
        } catch (OssRefusal e) {
            throw new AssertionError(e);
        }
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
    void refusesAnInvalidVpc(String value) {
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
        AuthFunction behind = function(settings(HeaderFamily.NGINX, AuthSettings.KeyRule.FILE, "127.0.0.1"));
        ProxyCall call = ProxyCall.nginx(
                        ClientRequest.get(SampleRegistry.GOVERNED, "open/a").anonymous())
                .with("X-Forwarded-For", "203.0.113.7");
        assertAllowed(behind, call);
        assertRefused(behind, call.with("X-Forwarded-For", "198.51.100.1"), 403, "AccessDenied");
        assertRefused(call, 403, "AccessDenied");
        assertAllowed(call.from("203.0.113.9"));
    }

    @Test
    void aProxyThatNamesNoClientIsNotTheClient() {
        AuthFunction behind = function(settings(HeaderFamily.NGINX, AuthSettings.KeyRule.FILE, "203.0.113.7"));
        ProxyCall call = ProxyCall.nginx(
                        ClientRequest.get(SampleRegistry.GOVERNED, "open/a").anonymous())
                .from("203.0.113.7");
        assertAllowed(call);
        assertRefused(behind, call, 403, "AccessDenied");
        assertAllowed(behind, call.with("X-Forwarded-For", "203.0.113.9"));
    }
}

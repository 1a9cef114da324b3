package io.countersign.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Client;
import io.countersign.http.Header;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.ProxySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a proxy's word names, and whose word counts. */
class TrustedProxiesTest {
    private static final TrustedProxies PROXIES =
            TrustedProxies.of(List.of("127.0.0.1", "10.0.0.0/8", "2001:db8::/32"));
    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";

    private static Call call(String peer, boolean secure, String... headers) {
        List<Header> lines = new ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) {
            lines.add(new Header(headers[i], headers[i + 1]));
        }
        return new Call("GET", "/token", Optional.empty(), lines, Bytes.EMPTY, peer, secure);
    }

    private static Client through(String... headers) {
        return PROXIES.client(call("127.0.0.1", false, headers));
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
        "2001:DB9::1, 2001:db9:0:0:0:0:0:1"
    })
    void theClientIsTheRightmostThatIsNoProxy(String forwardedFor, String client) {
        assertThat(through(FOR, forwardedFor).address()).contains(client);
    }

    @Test
    void linesAreOneList() {
        assertThat(through(FOR, "1.1.1.1", "x-forwarded-for", "203.0.113.7", FOR, "10.0.0.1")
                        .address())
                .contains("203.0.113.7");
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
    void treatsAnInvalidAddressAsUnknown(String hop) {
        assertThat(through(FOR, "203.0.113.7, " + hop).address()).isEmpty();
        assertThat(PROXIES.client(call(hop, false)).address()).isEmpty();
        assertThat(PROXIES.trust(hop)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ", ,"})
    void aProxyThatNamesNoClientTellsNothing(String forwardedFor) {
        assertThat(through(FOR, forwardedFor, PROTO, "https")).isEqualTo(Client.UNKNOWN);
    }

    @Test
    void withoutTheHeaderNeitherAddressNorTransportIsKnown() {
        assertThat(through()).isEqualTo(Client.UNKNOWN);
        assertThat(through(PROTO, "https")).isEqualTo(Client.UNKNOWN);
        assertThat(PROXIES.client(call("127.0.0.1", true))).isEqualTo(Client.UNKNOWN);
    }

    @Test
    void othersAreNotBelieved() {
        Call forged = call("198.51.100.1", false, FOR, "203.0.113.7", PROTO, "https");
        assertThat(PROXIES.client(forged)).isEqualTo(Client.direct("198.51.100.1", false));
        assertThat(TrustedProxies.NONE.client(forged)).isEqualTo(Client.direct("198.51.100.1", false));
        assertThat(PROXIES.client(call("198.51.100.1", true))).isEqualTo(Client.direct("198.51.100.1", true));
    }

    @Test
    void aProxyOnAUnixSocketIsTrustedByName() {
        TrustedProxies unix = TrustedProxies.of(List.of("10.0.0.0/8", "unix:"));
        Call told = call(TrustedProxies.UNIX, false, FOR, "203.0.113.7", PROTO, "https");
        assertThat(unix.client(told)).isEqualTo(Client.direct("203.0.113.7", true));
        assertThat(unix.client(call(TrustedProxies.UNIX, false))).isEqualTo(Client.UNKNOWN);
        assertThat(unix.trust("unix:")).isTrue();
        assertThat(unix.trust("10.1.1.1")).isTrue();
        assertThat(PROXIES.and(unix).unix()).isTrue();
        assertThat(unix.and(PROXIES).unix()).isTrue();
        assertThat(PROXIES.and(PROXIES).unix()).isFalse();
    }

    @Test
    void aUnixSocketIsNoAddress() {
        Call told = call(TrustedProxies.UNIX, false, FOR, "203.0.113.7", PROTO, "https");
        Client unknown = new Client(Optional.empty(), Optional.of(false));
        assertThat(PROXIES.client(told)).isEqualTo(unknown);
        assertThat(TrustedProxies.NONE.client(told)).isEqualTo(unknown);
        assertThat(PROXIES.trust("unix:")).isFalse();
        // nginx appends this for a client on a socket of its own.
        TrustedProxies unix = TrustedProxies.of(List.of("127.0.0.1", "unix:"));
        assertThat(unix.client(call("127.0.0.1", false, FOR, "203.0.113.7, unix:"))
                        .address())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"https, true", "HTTPS, true", "' https', true", "http, false", "'https,http',", "ws,", "'',"})
    void aProxySaysWhetherTheClientCameOverTls(String proto, Boolean secure) {
        assertThat(through(FOR, "203.0.113.7", PROTO, proto).secure()).isEqualTo(Optional.ofNullable(secure));
    }

    @Test
    void aTransportThatIsNotToldOnceIsUnknown() {
        assertThat(through(FOR, "203.0.113.7").secure()).isEmpty();
        assertThat(PROXIES.client(call("127.0.0.1", true, FOR, "203.0.113.7")).secure())
                .isEmpty();
        assertThat(through(FOR, "203.0.113.7", PROTO, "https", PROTO, "https").secure())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "*", "10.0.0", "unix", "unix:/run/s"})
    void refusesASettingThatIsNotACidrBlock(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> TrustedProxies.of(List.of(text)));
    }

    @Test
    void aSettingIsRefusedByItsName() {
        PropertyValues values = PropertyValues.of(Map.of("countersign.trusted-proxies", "proxy.example"), Map.of());
        assertThatThrownBy(() -> TrustedProxies.of(values, ProxySettings.TRUSTED_PROXIES))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessageStartingWith("countersign.trusted-proxies: ")
                .hasMessageContaining("10.0.0.0/8");
    }
}

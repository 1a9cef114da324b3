package io.countersign.registry.manifest;

import io.countersign.http.LoopbackHost;
import io.countersign.http.client.OutgoingAddresses;
import io.countersign.registry.Upstream;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.util.List;
import java.util.Optional;

/**
 * Where a manifest may place the store behind a bucket. A manifest must not make this server speak to whatever is in its
 * network.
 *
 * @param allowHttp whether a store may be reached without TLS beyond loopback
 * @param allowPrivate whether a store may have a private, shared or link-local address
 */
public record UpstreamRule(boolean allowHttp, boolean allowPrivate) {
    /** HTTPS, or HTTP on loopback, and public addresses. */
    public static final UpstreamRule DEFAULT = new UpstreamRule(false, false);

    private static final Setting ALLOW_HTTP = Setting.of(
            "countersign.upstream.allow-http",
            "false",
            "Whether the store behind a bucket may be reached by http beyond loopback. Then whoever is on the way reads and changes objects.");
    private static final Setting ALLOW_PRIVATE = Setting.of(
            "countersign.upstream.allow-private",
            "false",
            "Whether the store behind a bucket may have a private, shared or link-local address.");

    /** The settings that {@link #from} reads. */
    public static final List<Setting> SETTINGS = List.of(ALLOW_HTTP, ALLOW_PRIVATE);

    /** @throws PropertyValues.InvalidSettingException when a value is malformed */
    public static UpstreamRule from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        return new UpstreamRule(
                values.flag(ALLOW_HTTP).orElse(false),
                values.flag(ALLOW_PRIVATE).orElse(false));
    }

    /** The addresses that a name of a store may resolve to. Whoever connects checks them, since names change. */
    public OutgoingAddresses addresses() {
        return new OutgoingAddresses(allowPrivate);
    }

    /** Returns what is wrong with an endpoint and how to correct it; empty when it is allowed. */
    Optional<String> objection(Upstream.Endpoint endpoint) {
        boolean loopback = LoopbackHost.matches(endpoint.host());
        if (!endpoint.secure() && !loopback && !allowHttp) {
            return Optional.of("the upstream's endpoint is http beyond loopback, where everybody on the way reads the"
                    + " objects; write https, or set countersign.upstream.allow-http=true");
        }
        boolean allowed = loopback
                || OutgoingAddresses.literal(endpoint.host())
                        .map(addresses()::allows)
                        .orElse(true);
        return allowed
                ? Optional.empty()
                : Optional.of(
                        "the upstream's endpoint is an address in a private or reserved range; name a public one, or"
                                + " set countersign.upstream.allow-private=true for a private one");
    }
}

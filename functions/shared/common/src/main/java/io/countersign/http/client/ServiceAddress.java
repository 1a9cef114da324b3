package io.countersign.http.client;

import io.countersign.http.LoopbackHost;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Checks the address of an Alibaba Cloud service: an https URL with a host and nothing else. http is for loopback only, because the answers are secrets. */
public final class ServiceAddress {
    private ServiceAddress() {}

    /**
     * Normalizes the address: scheme, host, a port that is not the scheme's default, and the path {@code /}. The signature covers the Host header, so the default port
     * must not be in it.
     *
     * @param example shown in the message of a refusal
     * @throws IllegalArgumentException for any other URL; the message says what is expected
     */
    public static URI checked(URI uri, String example) {
        String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        String host = Optional.ofNullable(uri.getHost()).orElse("");
        String path = Optional.ofNullable(uri.getRawPath()).orElse("");
        boolean plain = uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && (path.isEmpty() || path.equals("/"));
        boolean allowed = scheme.equals("https") || scheme.equals("http") && LoopbackHost.matches(host);
        if (host.isEmpty() || !plain || !allowed) {
            throw new IllegalArgumentException(
                    "expected https and a host, such as " + example + "; http is for loopback only");
        }
        boolean usual = uri.getPort() == -1 || uri.getPort() == (scheme.equals("https") ? 443 : 80);
        return URI.create(scheme + "://" + host + (usual ? "" : ":" + uri.getPort()) + "/");
    }
}

package io.countersign.http.client;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Where a service of Alibaba Cloud's may be asked: an https URL of a host alone; http for this machine alone, because its answers are secrets. */
public final class ServiceAddress {
    private ServiceAddress() {}

    /**
     * The address as it is asked: scheme, host, port unless it is the scheme's own (a signature goes over the Host as it is sent), and the path {@code /}.
     *
     * @param example what the message of a refusal shows
     * @throws IllegalArgumentException when it is anything else; the message says what is expected
     */
    public static URI checked(URI uri, String example) {
        String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        String host = Optional.ofNullable(uri.getHost()).orElse("");
        String path = Optional.ofNullable(uri.getRawPath()).orElse("");
        boolean plain = uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && (path.isEmpty() || path.equals("/"));
        boolean allowed = scheme.equals("https") || scheme.equals("http") && isLoopback(host);
        if (host.isEmpty() || !plain || !allowed) {
            throw new IllegalArgumentException(
                    "expected https and a host, such as " + example + "; http is for this machine alone");
        }
        boolean usual = uri.getPort() == -1 || uri.getPort() == (scheme.equals("https") ? 443 : 80);
        return URI.create(scheme + "://" + host + (usual ? "" : ":" + uri.getPort()) + "/");
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.equals("[::1]")
                || host.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
    }
}

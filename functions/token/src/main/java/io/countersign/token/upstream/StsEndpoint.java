package io.countersign.token.upstream;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Where STS is asked: an https URL of a host alone; http for this machine alone, because the answer is a secret. */
public record StsEndpoint(URI uri) {
    /** Alibaba Cloud's own. */
    public static final StsEndpoint DEFAULT = new StsEndpoint(URI.create("https://sts.aliyuncs.com/"));

    /** @throws IllegalArgumentException when it is anything else; the message says what is expected */
    public StsEndpoint {
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
                    "expected https and a host, such as https://sts.aliyuncs.com; http is for this machine alone");
        }
        uri = URI.create(scheme + "://" + uri.getRawAuthority() + "/");
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.equals("[::1]")
                || host.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
    }
}

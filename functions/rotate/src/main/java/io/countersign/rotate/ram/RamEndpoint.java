package io.countersign.rotate.ram;

import io.countersign.http.client.ServiceAddress;
import java.net.URI;

/** Where RAM is asked: an https URL of a host alone; http for this machine alone, because an answer may be a secret. */
public record RamEndpoint(URI uri) {
    private static final String OFFICIAL = "https://ram.aliyuncs.com";

    /** Alibaba Cloud's own. */
    public static final RamEndpoint DEFAULT = new RamEndpoint(URI.create(OFFICIAL));

    /** @throws IllegalArgumentException when it is anything else; the message says what is expected */
    public RamEndpoint {
        uri = ServiceAddress.checked(uri, OFFICIAL);
    }
}

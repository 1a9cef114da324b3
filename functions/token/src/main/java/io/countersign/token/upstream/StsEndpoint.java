package io.countersign.token.upstream;

import io.countersign.http.client.ServiceAddress;
import java.net.URI;

/** Where STS is asked: an https URL of a host alone; http for this machine alone, because the answer is a secret. */
public record StsEndpoint(URI uri) {
    private static final String OFFICIAL = "https://sts.aliyuncs.com";

    /** Alibaba Cloud's own. */
    public static final StsEndpoint DEFAULT = new StsEndpoint(URI.create(OFFICIAL));

    /** @throws IllegalArgumentException when it is anything else; the message says what is expected */
    public StsEndpoint {
        uri = ServiceAddress.checked(uri, OFFICIAL);
    }
}

package io.countersign.signing.v1;

import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.Secret;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Signs RTMP push URLs (docs/protocol.md 1.6): HMAC-SHA1, as in V1, over the expiry, the parameters and the channel. Countersign signs none itself. */
public final class Rtmp {
    private Rtmp() {}

    /**
     * @param parameters of the URL, except OSSAccessKeyId, Expires and Signature
     * @param expires seconds since 1970
     */
    public static String stringToSign(String bucket, String channel, QueryParameters parameters, long expires) {
        List<QueryParameter> sorted = new ArrayList<>(parameters.list());
        sorted.sort(Comparator.comparing(QueryParameter::name));
        StringBuilder text = new StringBuilder(128).append(expires).append('\n');
        for (QueryParameter parameter : sorted) {
            text.append(parameter.name()).append(':').append(parameter.value()).append('\n');
        }
        return text.append('/').append(bucket).append('/').append(channel).toString();
    }

    /** Base64 of the HMAC-SHA1. */
    public static String signature(
            String bucket, String channel, QueryParameters parameters, long expires, Secret secret) {
        return V1.signature(secret, stringToSign(bucket, channel, parameters, expires));
    }
}

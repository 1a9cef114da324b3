package io.countersign.identity.delegation;

import io.countersign.oss.Address;
import io.countersign.oss.EncodedText;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import java.util.Optional;

/** OSS requests, built from method, target, raw query and header lines ({@code name: value}). */
final class OssRequests {
    private OssRequests() {}

    static OssRequest request(HttpMethod method, Target target, String query, String... headers) {
        Headers all = Headers.NONE;
        for (String line : headers) {
            int colon = line.indexOf(':');
            all = all.and(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        try {
            return new OssRequest(
                    method,
                    new Address(target, Address.Style.VIRTUAL_HOST, "", Optional.empty()),
                    QueryParameters.parse(query, EncodedText.URL),
                    all);
        } catch (OssRefusal refusal) {
            throw new IllegalArgumentException(refusal);
        }
    }

    static OssRequest get(String key, String query, String... headers) {
        return request(HttpMethod.GET, Target.object("examplebucket", key), query, headers);
    }

    static OssRequest put(String key, String query, String... headers) {
        return request(HttpMethod.PUT, Target.object("examplebucket", key), query, headers);
    }

    static OssRequest post(String key, String query, String... headers) {
        return request(HttpMethod.POST, Target.object("examplebucket", key), query, headers);
    }
}

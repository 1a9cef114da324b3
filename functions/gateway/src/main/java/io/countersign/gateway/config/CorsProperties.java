package io.countersign.gateway.config;

import io.countersign.settings.InvalidSettingException;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which origins' pages may call the faces for apps. */
final class CorsProperties {
    private static final int MAX_ORIGINS = 64;
    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]{0,31}://([a-z0-9._-]{1,253}|\\[[0-9a-f:.]{2,45}])(:[1-9][0-9]{0,4})?");
    /** Browsers leave the scheme's own port out, so an origin with it would never be met. */
    private static final Pattern NEVER_SENT = Pattern.compile("http://.*:80|https://.*:443");

    private CorsProperties() {}

    /** @throws InvalidSettingException when a value is not an origin as browsers send it */
    static Set<String> origins(PropertyValues values) throws InvalidSettingException {
        List<String> origins = values.list(Property.CORS_ALLOWED_ORIGINS);
        if (origins.size() > MAX_ORIGINS) {
            throw refused("there are more than " + MAX_ORIGINS + "; list fewer");
        }
        for (String origin : origins) {
            if (!ORIGIN.matcher(origin).matches() || NEVER_SENT.matcher(origin).matches()) {
                throw refused(
                        "expected origins as browsers send them, https://app.example.com or http://localhost:3000: in lower case, without path, *, or the scheme's own port");
            }
        }
        return Set.copyOf(origins);
    }

    private static InvalidSettingException refused(String problem) {
        return new InvalidSettingException(Property.CORS_ALLOWED_ORIGINS.key(), problem);
    }
}

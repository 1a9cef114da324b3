package io.countersign.presign.callbacks;

import io.countersign.http.client.OutgoingUrl;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings of callbacks.
 *
 * @param url where OSS reaches {@value #PATH}: its path may have a prefix that a proxy takes away, and needs no decoding; empty when no upload has a callback
 */
public record CallbackSettings(Optional<URI> url) {
    /** The path of the face. */
    public static final String PATH = "/callbacks/oss";

    private static final Setting URL = Setting.optional(
            "countersign.callbacks.url",
            "none",
            "The URL at which Alibaba Cloud OSS reaches /callbacks/oss of this server, for uploads with callback: https, or http on loopback, ending in /callbacks/oss. Without it there are no callbacks.");

    /** The settings of callbacks. */
    public static final List<Setting> SETTINGS = List.of(URL);

    /** No callbacks. */
    public static final CallbackSettings NONE = new CallbackSettings(Optional.empty());

    /** OSS signs the decoded path, and takes a {@code ;} for the beginning of another URL; neither can be in it. */
    private static final Pattern SIGNED_AS_WRITTEN = Pattern.compile("(?:/[A-Za-z0-9._~-]+)*" + PATH);

    /** @throws IllegalArgumentException when OSS would sign a call of this URL otherwise than as it is written */
    public CallbackSettings {
        if (url.isPresent() && !isPlain(url.get())) {
            throw new IllegalArgumentException("the URL of callbacks ends in " + PATH + " and has no query");
        }
    }

    /** @throws PropertyValues.InvalidSettingException when the URL is not allowed */
    public static CallbackSettings from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        Optional<URI> url = OutgoingUrl.of(values, URL);
        if (url.isPresent() && !isPlain(url.get())) {
            throw new PropertyValues.InvalidSettingException(
                    URL.name(),
                    "expected a URL that ends in " + PATH
                            + ", of letters, digits and - . _ ~ in its path, without a query");
        }
        return new CallbackSettings(url);
    }

    private static boolean isPlain(URI url) {
        return url.getRawQuery() == null
                && url.getRawFragment() == null
                && SIGNED_AS_WRITTEN.matcher(url.getRawPath()).matches();
    }
}

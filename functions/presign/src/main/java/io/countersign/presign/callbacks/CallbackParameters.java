package io.countersign.presign.callbacks;

import io.countersign.identity.token.TypedSeal;
import io.countersign.json.JsonText;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Makes the {@code callback} parameter of an upload: OSS calls {@code POST /callbacks/oss} once the object is stored. Its body is fixed here, and has a sealed token with the
 * upload beside the values that OSS fills in. Safe for any number of threads.
 *
 * <p>The uploader reads the parameter, and could send the token in a callback of its own making: {@link CallbackFunction} says what that is good for. Sign the parameter, in the header
 * {@code x-oss-callback} or by a condition of the form's policy, so that the uploader cannot leave it out.
 *
 * @see <a href="https://www.alibabacloud.com/help/en/oss/developer-reference/callback">Callback</a>
 */
public final class CallbackParameters {
    /** Lower-case letters: the {@code typ} of a callback's token. */
    static final String TYPE = "callback";

    /** The longest parameter in characters that OSS takes. */
    static final int MAX_LENGTH = 5 * 1024;

    private final CallbackSettings settings;
    private final TypedSeal seal;

    /** @param random draws nonces */
    public CallbackParameters(CallbackSettings settings, KeyRegistry registry, SecureRandom random) {
        this.settings = settings;
        this.seal = new TypedSeal(TYPE, registry, random);
    }

    /** Whether uploads can have a callback: the setting {@code countersign.callbacks.url} has a value. */
    public boolean isConfigured() {
        return settings.url().isPresent();
    }

    /** The path of the calls as OSS signs it. */
    Optional<String> path() {
        return settings.url().map(URI::getRawPath);
    }

    /** The content of a token that {@link #of} has made; empty for every other text. */
    Optional<byte[]> opened(String token, Instant now) throws StoreUnavailable {
        return seal.open(token, now);
    }

    /**
     * Returns the value of the header {@code x-oss-callback}, of the URL's parameter {@code callback} and of the form's field {@code callback}.
     *
     * @return standard Base64 of at most 5 KB
     * @throws StoreUnavailable when the registry does not answer or has no token key
     * @throws IllegalStateException when callbacks are not configured
     * @throws IllegalArgumentException when the upload's names do not fit into what OSS takes
     */
    public String of(AllowedUpload upload, Instant now) throws StoreUnavailable {
        URI url = settings.url().orElseThrow(() -> new IllegalStateException("there is no URL for callbacks"));
        String body = CallbackBody.template(seal.seal(upload.text(), now));
        String json = JsonText.object(members -> {
            members.put("callbackUrl", url.toString())
                    .put("callbackBody", body)
                    .put("callbackBodyType", CallbackBody.MEDIA_TYPE);
            if ("https".equals(url.getScheme())) {
                // Without it OSS names no server in TLS, which most https servers need to know.
                members.put("callbackSNI", true);
            }
        });
        String parameter = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        if (parameter.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("OSS takes callbacks of at most " + MAX_LENGTH + " characters");
        }
        return parameter;
    }
}

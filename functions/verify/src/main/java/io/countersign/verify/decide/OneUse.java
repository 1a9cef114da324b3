package io.countersign.verify.decide;

import io.countersign.oss.OnceParameter;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.base.SigningTime;
import java.time.Instant;
import java.util.Optional;

/**
 * The one use of a URL that is good once ({@link OnceParameter}).
 *
 * @param accessKeyId the key that signed; the values of two keys never meet
 * @param value 128 random bits
 * @param expiresAt when the URL is refused in any case: it expires, or the session does that signed it
 */
public record OneUse(String accessKeyId, String value, Instant expiresAt) {
    /**
     * Reads the parameter. Only a V4 URL is taken: V1 encodes nothing, so that its text could be read as a part of the parameter before it, V1 and V2 headers are dated for minutes without an expiry of
     * their own, and nobody vouches for the parameter of an anonymous request or of a form.
     *
     * @return empty when the URL is good until it expires
     * @throws OssRefusal InvalidArgument as {@link OnceParameter#read}, and in any other form than a V4 URL
     */
    static Optional<OneUse> of(OssRequest request, Credentials credentials) throws OssRefusal {
        Optional<String> value = OnceParameter.read(request.query());
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return switch (credentials) {
            case Credentials.OverRequest(RequestCredentials.V4Url url) ->
                Optional.of(new OneUse(url.accessKeyId(), value.get(), expiry(url)));
            case Credentials.OverRequest other -> throw unbound();
            case Credentials.OverForm form -> throw unbound();
            case Credentials.None none -> throw unbound();
        };
    }

    /**
     * Bounds how long the use is remembered, so that no session writes records that outlive it by days.
     *
     * @param end of the session that signed, which is refused from then on; empty for an access key
     */
    OneUse until(Optional<Instant> end) {
        return end.filter(expiresAt::isAfter)
                .map(earlier -> new OneUse(accessKeyId, value, earlier))
                .orElse(this);
    }

    private static Instant expiry(RequestCredentials.V4Url url) throws OssRefusal {
        return SigningTime.parse(url.date())
                .orElseThrow(() -> new OssRefusal(OssError.INVALID_DATE))
                .plusSeconds(url.expiresSeconds());
    }

    private static OssRefusal unbound() {
        return new OssRefusal(
                OssError.INVALID_ARGUMENT,
                OnceParameter.NAME + " has a meaning only in a presigned V4 URL; presign with V4, or leave it out.");
    }
}

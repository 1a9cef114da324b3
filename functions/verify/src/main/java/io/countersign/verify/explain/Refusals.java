package io.countersign.verify.explain;

import io.countersign.oss.Headers;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The cause of a refusal other than a signature that does not match: where OSS's message leaves the next step open, a sentence of our own. */
public final class Refusals {
    /** Makes a cause of a refusal and the request's raw URL and headers. */
    @FunctionalInterface
    private interface Reading {
        Cause of(OssRefusal refusal, String url, Headers headers);
    }

    private static final Pattern PLUS_IN_TOKEN = Pattern.compile("[?&](x-oss-)?security-token=[^&]*\\+");
    private static final Map<OssError, Reading> READINGS = readings();

    private Refusals() {}

    /**
     * @param url as it came
     * @param headers as they came
     */
    public static Cause cause(OssRefusal refusal, String url, Headers headers) {
        Reading reading = READINGS.get(refusal.error());
        return reading == null ? new Cause(refusal.error().code(), refusal.text()) : reading.of(refusal, url, headers);
    }

    private static Map<OssError, Reading> readings() {
        Map<OssError, Reading> readings = new EnumMap<>(OssError.class);
        readings.put(OssError.REQUEST_TIME_TOO_SKEWED, (refusal, url, headers) -> skew(refusal));
        readings.put(OssError.REQUEST_EXPIRED, (refusal, url, headers) -> expired(refusal));
        readings.put(OssError.INVALID_DATE, (refusal, url, headers) -> date(headers));
        readings.put(OssError.INVALID_SIGNING_REGION, (refusal, url, headers) -> new Cause("Region", refusal.text()));
        readings.put(OssError.INVALID_SIGNING_PRODUCT, (refusal, url, headers) -> new Cause("Product", refusal.text()));
        readings.put(OssError.INVALID_ACCESS_KEY_ID, (refusal, url, headers) -> unknownKey(refusal));
        readings.put(OssError.INVALID_SECURITY_TOKEN, (refusal, url, headers) -> token(url));
        readings.put(OssError.WRONG_ENDPOINT, (refusal, url, headers) -> endpoint(refusal));
        readings.put(OssError.OTHER_ENDPOINT, (refusal, url, headers) -> new Cause("OtherService", refusal.text()));
        readings.put(OssError.NO_SUCH_BUCKET, (refusal, url, headers) -> bucket(refusal));
        readings.put(OssError.ACCESS_DENIED_BY_RAM_POLICY, (refusal, url, headers) -> policy(refusal));
        readings.put(OssError.ACCESS_DENIED_BY_BUCKET_POLICY, (refusal, url, headers) -> policy(refusal));
        readings.put(OssError.ACCESS_DENIED_BY_SESSION_POLICY, (refusal, url, headers) -> policy(refusal));
        readings.put(OssError.MALFORMED_POST_REQUEST, (refusal, url, headers) -> new Cause("Form", refusal.text()));
        FixedCauses.all().forEach((error, cause) -> readings.put(error, (refusal, url, headers) -> cause));
        return readings;
    }

    private static Cause skew(OssRefusal refusal) {
        Map<String, String> details = refusal.details();
        Duration off = between(details.get("ServerTime"), details.get("RequestTime"));
        return new Cause(
                "ClockSkew",
                "The client's clock is " + Lengths.of(off.abs()) + (off.isNegative() ? " behind" : " ahead of")
                        + " the server's (RequestTime " + details.get("RequestTime") + ", ServerTime "
                        + details.get("ServerTime")
                        + "), and 15 minutes are allowed; set it, or have the SDK go by the Date of the answer.");
    }

    private static Cause expired(OssRefusal refusal) {
        Map<String, String> details = refusal.details();
        Duration since = between(details.get("Expires"), details.get("ServerTime"));
        return new Cause(
                "Expired",
                "The signature expired " + Lengths.of(since) + " ago (at " + details.get("Expires")
                        + "); get a new URL, or one that lives longer. If it was made just now, the clock of whoever made it is wrong.");
    }

    private static Duration between(
            @org.jspecify.annotations.Nullable String from, @org.jspecify.annotations.Nullable String to) {
        try {
            return Duration.between(Instant.parse(String.valueOf(from)), Instant.parse(String.valueOf(to)));
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    private static Cause date(Headers headers) {
        boolean none = !headers.has("x-oss-date") && !headers.has("date");
        return new Cause(
                "NoDate",
                (none ? "The request has neither x-oss-date nor Date" : "The date of the request cannot be read")
                        + "; send x-oss-date as 20261122T030000Z (V4), or Date as Sun, 22 Nov 2026 03:00:00 GMT (V1), and sign it. Browsers send no Date of a page's own: use x-oss-date there.");
    }

    private static Cause unknownKey(OssRefusal refusal) {
        String id = refusal.details().getOrDefault("OSSAccessKeyId", "");
        return id.startsWith("STS.")
                ? new Cause(
                        "TokenMissing",
                        "The access key is a session's (STS.), but the request has no security token; send it as the header x-oss-security-token, or in a URL as security-token (V1) or x-oss-security-token (V4), and sign with it.")
                : new Cause(
                        "UnknownAccessKey",
                        "No access key " + Quoted.of(id)
                                + " is known here: it is misspelled, was deleted, or belongs to another deployment; list the keys that there are, and give the client one of them.");
    }

    private static Cause token(String url) {
        return PLUS_IN_TOKEN.matcher(url).find()
                ? new Cause(
                        "TokenText",
                        "The security token in the URL has plus signs that are not encoded, and a + in a query means a space; percent-encode the token (+ as %2B).")
                : new Cause(
                        "TokenInvalid",
                        "The security token was cut or changed, was not made here, or its session was ended: revoked, or its role, provider or parent key is gone; get a new session.");
    }

    private static Cause endpoint(OssRefusal refusal) {
        String endpoint = refusal.details().getOrDefault("Endpoint", "");
        return endpoint.isEmpty()
                ? new Cause(
                        "UnknownHost",
                        "The host is neither an endpoint served here, nor a bucket under one, nor a domain bound to a bucket, so nobody can tell which bucket was signed; bind the domain to its bucket, or use the bucket's endpoint.")
                : new Cause(
                        "Endpoint",
                        "The bucket is in another region than the host names; send the request to "
                                + Quoted.of(endpoint) + " and sign for its region.");
    }

    private static Cause bucket(OssRefusal refusal) {
        return new Cause(
                "NoSuchBucket",
                "There is no bucket " + Quoted.of(refusal.details().getOrDefault("BucketName", ""))
                        + ": in virtual-host style its name is the first label of the host, in path style (IP addresses, localhost) the first segment of the path; correct it, or make the bucket.");
    }

    private static Cause policy(OssRefusal refusal) {
        Map<String, String> details = refusal.details();
        String action = details.getOrDefault("AuthAction", "what it asks for");
        String by = details.getOrDefault("PolicyType", "");
        boolean explicit = details.getOrDefault("NoPermissionType", "").equals("ExplicitDeny");
        return new Cause(
                "Policy",
                "The signature holds, but " + action
                        + (explicit ? " is forbidden by a Deny" : " is allowed by no statement") + " ("
                        + by + "); see the trace for the statement, and "
                        + (explicit ? "change it" : "add an Allow for it")
                        + " or use another identity.");
    }
}

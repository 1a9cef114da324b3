package io.countersign.verify.explain;

import io.countersign.oss.Headers;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Finds the cause of this server's refusals other than a signature mismatch: by the registry and the request's text where they show more than the error, or else by the meaning of the error. */
public final class Refusals {
    /** Derives a cause from a refusal and its request. */
    @FunctionalInterface
    private interface Reading {
        Explained.Cause of(OssRefusal refusal, SeenRequest request);
    }

    private static final Map<OssError, Reading> READINGS = readings();

    private Refusals() {}

    public static Explained.Cause cause(OssRefusal refusal, SeenRequest request) {
        return UrlText.cause(request).orElseGet(() -> {
            Reading reading = READINGS.get(refusal.error());
            return reading == null ? specific(refusal, request) : reading.of(refusal, request);
        });
    }

    private static Map<OssError, Reading> readings() {
        Map<OssError, Reading> readings = new EnumMap<>(OssError.class);
        readings.put(
                OssError.TWO_SIGNATURES,
                (refusal, request) ->
                        AnswerTable.KNOWN.named(request.form().isPresent() ? "FormOfTwoVersions" : "TwoSignatures"));
        readings.put(
                OssError.INVALID_DATE,
                (refusal, request) ->
                        request.form().isPresent() ? AnswerTable.KNOWN.named("FormDate") : date(request.headers()));
        readings.put(OssError.ACCESS_DENIED_BY_BUCKET_ACL, (refusal, request) -> notSigned(request));
        readings.put(OssError.LIST_BUCKETS_FORBIDDEN, (refusal, request) -> notSigned(request));
        readings.put(OssError.BUCKET_NOT_OWNED, (refusal, request) -> otherAccount());
        readings.put(OssError.INVALID_ACCESS_KEY_ID, Refusals::unknownKey);
        readings.put(OssError.INVALID_SECURITY_TOKEN, (refusal, request) -> token(request.url()));
        readings.put(OssError.WRONG_ENDPOINT, Refusals::endpoint);
        readings.put(OssError.ACCESS_DENIED_BY_RAM_POLICY, (refusal, request) -> policy(refusal));
        readings.put(OssError.ACCESS_DENIED_BY_BUCKET_POLICY, (refusal, request) -> policy(refusal));
        readings.put(OssError.ACCESS_DENIED_BY_SESSION_POLICY, (refusal, request) -> policy(refusal));
        readings.put(
                OssError.INVALID_BUCKET_NAME,
                (refusal, request) -> BucketInHost.cause(request).orElseGet(() -> specific(refusal, request)));
        readings.put(
                OssError.OTHER_ENDPOINT, (refusal, request) -> new Explained.Cause("OtherService", refusal.text()));
        return readings;
    }

    /** Prefers a message of this server to the table's sentence: it is specific to the request. */
    private static Explained.Cause specific(OssRefusal refusal, SeenRequest request) {
        OssError error = refusal.error();
        Explained.Cause meant = AnswerCauses.of(
                new ServerError(error.code(), Optional.of(error.ec()), error.message(), refusal.details()),
                Optional.of(request));
        if (!AnswerCauses.isKnown(meant)) {
            return new Explained.Cause(error.code(), refusal.text());
        }
        return refusal.text().equals(error.message())
                ? meant
                : new Explained.Cause(meant.code(), refusal.text(), meant.page());
    }

    private static Explained.Cause notSigned(SeenRequest request) {
        return AnswerTable.KNOWN.named(AnswerCauses.unsigned(request));
    }

    private static Explained.Cause otherAccount() {
        return new Explained.Cause(
                "OtherAccount",
                "The signature holds, but the bucket belongs to another account, and only its bucket policy could let this identity in; use a key of the bucket's account.");
    }

    private static Explained.Cause date(Headers headers) {
        boolean none = !headers.has("x-oss-date") && !headers.has("date");
        return new Explained.Cause(
                "NoDate",
                (none ? "The request has neither x-oss-date nor Date" : "The date of the request cannot be read")
                        + "; send x-oss-date as 20261122T030000Z (V4), or Date as Sun, 22 Nov 2026 03:00:00 GMT (V1), and sign it. Browsers send no Date of a page's own: use x-oss-date there.");
    }

    private static Explained.Cause unknownKey(OssRefusal refusal, SeenRequest request) {
        return MissingToken.cause(ServerError.of(refusal), request)
                .orElseGet(
                        () -> new Explained.Cause(
                                "UnknownAccessKey",
                                "No access key "
                                        + ShownText.Quoted.of(refusal.details().getOrDefault("OSSAccessKeyId", ""))
                                        + " is known here: it is misspelled, was deleted, or belongs to another deployment; list the keys that there are, and give the client one of them."));
    }

    private static Explained.Cause token(String url) {
        return UrlText.hasPlusInToken(url)
                ? AnswerTable.KNOWN.named("TokenText")
                : new Explained.Cause(
                        "TokenInvalid",
                        "The security token was cut or changed, was not made here, or its session was ended: revoked, its role, provider or parent key is gone, or no face may make sessions of its role any longer; get a new session.");
    }

    private static Explained.Cause endpoint(OssRefusal refusal, SeenRequest request) {
        return refusal.details().containsKey("Endpoint")
                ? AnswerCauses.of(ServerError.of(refusal), Optional.of(request))
                : new Explained.Cause(
                        "UnknownHost",
                        "The host is neither an endpoint served here, nor a bucket under one, nor a domain bound to a bucket, so the signed bucket is unknown; bind the domain to its bucket, or use the bucket's endpoint.");
    }

    private static Explained.Cause policy(OssRefusal refusal) {
        Map<String, String> details = refusal.details();
        String action = details.getOrDefault("AuthAction", "what it asks for");
        String by = details.getOrDefault("PolicyType", "");
        boolean explicit = details.getOrDefault("NoPermissionType", "").equals("ExplicitDeny");
        return new Explained.Cause(
                "Policy",
                "The signature holds, but " + action
                        + (explicit ? " is forbidden by a Deny" : " is allowed by no statement") + " ("
                        + by + "); see the trace for the statement, and "
                        + (explicit ? "change it" : "add an Allow for it")
                        + " or use another identity.");
    }

    /** Formats durations for messages. */
    static final class Lengths {
        private Lengths() {}

        /** The two largest units: {@code 2 h 3 min}, {@code 45 s}. */
        static String of(Duration length) {
            long days = length.toDays();
            if (days > 0) {
                return days + " d " + length.toHoursPart() + " h";
            }
            if (length.toHours() > 0) {
                return length.toHours() + " h " + length.toMinutesPart() + " min";
            }
            return length.toMinutes() > 0
                    ? length.toMinutes() + " min " + length.toSecondsPart() + " s"
                    : length.toSeconds() + " s";
        }
    }
}

package io.countersign.signcontent;

import io.countersign.http.ProblemException;
import io.countersign.oss.Address;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.request.SelfSignature;
import io.countersign.signing.v1.V1Readings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * V1's string to sign (docs/protocol.md 1.1), parsed strictly.
 *
 * @param date the fourth line, unchanged
 */
record V1Content(String date, ContentSigner.Parsed parsed) {
    /** @throws ProblemException with a code of {@link ContentError} */
    static V1Content parse(String content) throws ProblemException {
        V1Lines lines = V1Lines.of(content);
        V1Lines.V1Resource resource = V1Lines.V1Resource.parse(lines.resource());
        V1Lines.V1Date date = V1Lines.V1Date.parse(lines.date(), lines.headers());
        Headers sent = date.isOfHeader() ? dated(lines) : lines.headers();
        OssRequest request = request(lines.method(), resource, sent);
        requireSame(request, lines.date(), content);
        BucketLevel.refuse(request);
        OssRequest own = request(lines.method(), resource, date.own(lines.headers()));
        return new V1Content(
                lines.date(), new ContentSigner.Parsed(request, own, others(own), presented(date), date.expires()));
    }

    /** Adds the Date header, of which the string has the value only; x-oss-date replaces it. */
    private static Headers dated(V1Lines lines) {
        return lines.headers().has(V1Lines.V1Date.HEADER)
                ? lines.headers()
                : lines.headers().and("date", lines.date());
    }

    private static OssRequest request(HttpMethod method, V1Lines.V1Resource resource, Headers headers) {
        Address address = new Address(resource.target(), Address.Style.VIRTUAL_HOST, "", Optional.empty());
        return new OssRequest(method, address, resource.query(), headers);
    }

    private static void requireSame(OssRequest request, String date, String content) throws ProblemException {
        try {
            if (!SelfSignature.stringToSign(request, date).equals(content)) {
                throw ContentError.NOT_CANONICAL.cause(
                        "The content is not a string that an SDK signs: its headers or parameters are unsorted, duplicated, empty, in upper case, or not signed by V1. Send the SDK's string to sign, byte for byte.");
            }
        } catch (OssRefusal refusal) {
            throw ContentError.AMBIGUOUS_CONTENT.cause(refusal.text());
        }
    }

    private static List<OssRequest> others(OssRequest own) throws ProblemException {
        List<OssRequest> readings = new V1Readings(own)
                .ofTheText()
                .orElseThrow(
                        () -> ContentError.AMBIGUOUS_CONTENT.cause(
                                "The content is the string to sign of too many requests; sign with V4, which is not ambiguous."));
        return readings.stream().filter(reading -> !reading.equals(own)).toList();
    }

    private static RequestCredentials.Signed presented(V1Lines.V1Date date) {
        Optional<Instant> expires = date.expires();
        return expires.isPresent()
                ? new RequestCredentials.V1Url(
                        "", "", Optional.empty(), expires.get().getEpochSecond())
                : new RequestCredentials.V1Header("", "", Optional.empty());
    }
}

package io.countersign.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.Cases.Case;
import io.countersign.signing.base.SigningTime;
import io.countersign.signing.request.CredentialsParser;
import io.countersign.signing.request.HeaderSigner;
import io.countersign.signing.request.SignatureVerifier;
import io.countersign.signing.request.UrlSigner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Countersign accepts its own signatures only for the exact request: one changed byte is a mismatch or an invalid form. */
class TamperingTest {
    enum Place {
        METHOD,
        TARGET,
        PARAMETER,
        HEADER,
        NEW_PARAMETER,
        NEW_HEADER,
        DATE,
        SIGNATURE,
        KEY_ID
    }

    private final SigningKeys keys = new SigningKeys(64);

    @Provide
    Arbitrary<Case> requests() {
        return Cases.requests();
    }

    @Property
    void repeatedParametersAndHeadersAreAccepted(
            @ForAll("requests") Case request, @ForAll SignatureVersion version, @ForAll boolean url) throws OssRefusal {
        List<QueryParameter> query = new ArrayList<>(request.query());
        query.addAll(request.query().reversed());
        Headers headers = request.headerLines().and("x-oss-meta-z", "1").and("x-oss-meta-z", " 2 ");
        OssRequest signed = sign(request, version, url, new QueryParameters(query), headers);
        assertThat(matches(request, signed)).isTrue();
        assertThat(matches(request, with(signed, signed.query(), reversed(signed.headers(), "x-oss-meta-z"))))
                .isFalse();
    }

    @Property
    void oneChangeIsAMismatch(
            @ForAll("requests") Case request,
            @ForAll SignatureVersion version,
            @ForAll boolean url,
            @ForAll Place place,
            @ForAll @IntRange(max = 10_000) int position)
            throws OssRefusal {
        OssRequest signed = sign(request, version, url, request.parameters(), request.headerLines());
        assertThat(matches(request, signed)).isTrue();
        assertThat(matches(request, changed(signed, version, place, position))).isFalse();
    }

    private OssRequest sign(Case request, SignatureVersion version, boolean url, QueryParameters query, Headers headers)
            throws OssRefusal {
        Assume.that(version != SignatureVersion.V1 || !request.isAmbiguousInV1());
        return url ? signUrl(request, version, query, headers) : signHeader(request, version, query, headers);
    }

    private OssRequest signUrl(Case request, SignatureVersion version, QueryParameters query, Headers headers)
            throws OssRefusal {
        UrlSigner.UrlToSign toSign = new UrlSigner.UrlToSign(
                version,
                request.method(),
                request.target(),
                query,
                headers,
                Duration.ofSeconds(request.expires()),
                request.securityToken(),
                "cn-hangzhou");
        UrlSigner.SignedUrl signed = new UrlSigner(keys).sign(toSign, request.accessKey(), request.moment());
        return Vectors.request(request.method(), request.target(), signed.query(), headers);
    }

    private OssRequest signHeader(Case request, SignatureVersion version, QueryParameters query, Headers headers)
            throws OssRefusal {
        HeaderSigner.HeaderToSign toSign = new HeaderSigner.HeaderToSign(
                version,
                request.method(),
                request.target(),
                query,
                headers,
                request.additional(),
                request.securityToken(),
                "cn-hangzhou",
                CredentialScope.OSS);
        HeaderSigner.SignedHeaders signed =
                new HeaderSigner(keys).authorize(toSign, request.accessKey(), request.moment());
        Headers all = headers;
        for (Headers.HeaderField field : signed.headers().fields()) {
            all = all.and(field.name(), field.value());
        }
        return Vectors.request(request.method(), request.target(), query, all);
    }

    /** Whether the request is taken for one that the case's key signed at the case's moment. */
    private boolean matches(Case request, OssRequest arrived) {
        try {
            if (!(CredentialsParser.parse(arrived) instanceof RequestCredentials.Signed signed)) {
                return false;
            }
            Validity.check(signed, arrived, request.moment());
            return signed.accessKeyId().equals(request.accessKey().id())
                    && new SignatureVerifier(keys)
                                    .check(signed, arrived, request.accessKey().secret())
                            instanceof SignatureCheck.Matches;
        } catch (OssRefusal e) {
            return false;
        }
    }

    private static OssRequest changed(OssRequest signed, SignatureVersion version, Place place, int position) {
        return switch (place) {
            case METHOD -> {
                HttpMethod[] methods = HttpMethod.values();
                HttpMethod other =
                        methods[(signed.method().ordinal() + 1 + position % (methods.length - 1)) % methods.length];
                yield Vectors.request(other, signed.target(), signed.query(), signed.headers());
            }
            case TARGET ->
                Vectors.request(signed.method(), changed(signed.target(), position), signed.query(), signed.headers());
            case PARAMETER -> changedParameter(signed, version, position);
            case HEADER -> changedHeader(signed, version, position);
            case NEW_PARAMETER -> with(signed, signed.query().and(QueryParameter.bare("policy")), signed.headers());
            case NEW_HEADER -> with(signed, signed.query(), signed.headers().and("x-oss-new", "v"));
            case DATE -> changedDate(signed);
            case SIGNATURE -> changedCredentials(signed, position, "Signature", "x-oss-signature");
            case KEY_ID -> changedCredentials(signed, position, "OSSAccessKeyId", "x-oss-credential");
        };
    }

    private static Target changed(Target target, int position) {
        return switch (target) {
            case Target.Service service -> Target.bucket("b");
            case Target.Bucket bucket -> Target.bucket(flip(bucket.bucket(), position));
            case Target.ObjectKey object ->
                position % 5 == 0
                        ? Target.object(flip(object.bucket(), position), object.key())
                        : Target.object(object.bucket(), flip(object.key(), position));
        };
    }

    /** Another character in the place of one. */
    private static String flip(String text, int position) {
        if (text.isEmpty()) {
            return "x";
        }
        int at = text.offsetByCodePoints(0, position % text.codePointCount(0, text.length()));
        int point = text.codePointAt(at);
        return text.substring(0, at) + (point == 'x' ? "y" : "x") + text.substring(at + Character.charCount(point));
    }

    private static OssRequest changedParameter(OssRequest signed, SignatureVersion version, int position) {
        List<QueryParameter> query = new ArrayList<>(signed.query().list());
        List<Integer> candidates = new ArrayList<>();
        for (int i = 0; i < query.size(); i++) {
            String name = query.get(i).name();
            if (version != SignatureVersion.V1 || !Cases.isOrdinary(name)) {
                candidates.add(i);
            }
        }
        Assume.that(!candidates.isEmpty());
        int at = candidates.get(position % candidates.size());
        QueryParameter old = query.get(at);
        query.set(at, QueryParameter.of(old.name(), flip(old.value(), position)));
        return with(signed, new QueryParameters(query), signed.headers());
    }

    private static OssRequest changedHeader(OssRequest signed, SignatureVersion version, int position) {
        List<Headers.HeaderField> fields = new ArrayList<>(signed.headers().fields());
        List<Integer> candidates = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.get(i).name();
            if (name.startsWith("x-oss-") || name.equals("content-type") || name.equals("content-md5")) {
                candidates.add(i);
            }
        }
        Assume.that(!candidates.isEmpty());
        int at = candidates.get(position % candidates.size());
        Headers.HeaderField old = fields.get(at);
        fields.set(at, new Headers.HeaderField(old.name(), flip(old.value(), position)));
        return with(signed, signed.query(), new Headers(fields));
    }

    private static OssRequest changedDate(OssRequest signed) {
        List<Headers.HeaderField> fields = signed.headers().fields().stream()
                .map(field -> switch (field.name()) {
                    case "date" ->
                        new Headers.HeaderField(
                                "date",
                                SigningTime.rfc1123(SigningTime.parse(field.value())
                                        .orElseThrow()
                                        .plusSeconds(1)));
                    case "x-oss-date" ->
                        new Headers.HeaderField(
                                "x-oss-date",
                                SigningTime.iso(SigningTime.parse(field.value())
                                        .orElseThrow()
                                        .plusSeconds(1)));
                    default -> field;
                })
                .toList();
        List<QueryParameter> query = signed.query().list().stream()
                .map(parameter -> switch (parameter.name()) {
                    case "Expires", "x-oss-expires" ->
                        QueryParameter.of(parameter.name(), Long.toString(Long.parseLong(parameter.value()) + 1));
                    default -> parameter;
                })
                .toList();
        return with(signed, new QueryParameters(query), new Headers(fields));
    }

    /** One character of the Authorization header, or of the one or the other parameter. */
    private static OssRequest changedCredentials(OssRequest signed, int position, String first, String other) {
        List<Headers.HeaderField> fields = signed.headers().fields().stream()
                .map(field -> field.name().equals("authorization")
                        ? new Headers.HeaderField("authorization", flip(field.value(), position))
                        : field)
                .toList();
        List<QueryParameter> query = signed.query().list().stream()
                .map(parameter -> isOneOf(parameter.name(), first, other)
                        ? QueryParameter.of(parameter.name(), flip(parameter.value(), position))
                        : parameter)
                .toList();
        return with(signed, new QueryParameters(query), new Headers(fields));
    }

    private static boolean isOneOf(String name, String first, String other) {
        boolean id = other.equals("x-oss-credential") && name.equals("x-oss-access-key-id");
        return name.equals(first) || name.equals(other) || id;
    }

    private static Headers reversed(Headers headers, String name) {
        Headers reversed = headers.without(name);
        for (String value : headers.all(name).reversed()) {
            reversed = reversed.and(name, value);
        }
        return reversed;
    }

    private static OssRequest with(OssRequest request, QueryParameters query, Headers headers) {
        return new OssRequest(request.method(), request.address(), query, headers);
    }
}

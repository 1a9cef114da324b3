package io.countersign.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.EncodedText;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.request.CredentialsParser;
import io.countersign.signing.request.HeaderSigner;
import io.countersign.signing.request.SignatureVerifier;
import io.countersign.signing.v1.V1;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Headers and parameters that honest signers write in different ways, and headers that are signed because the client says so. */
class HeaderFormsTest {
    private static final AccessKey KEY = new AccessKey("ak", Secret.of("sk"));
    private static final Instant NOW = Instant.parse("2026-11-22T02:52:36Z");
    private static final String DATE = "Sun, 22 Nov 2026 02:52:36 GMT";
    private static final Target OBJECT = Target.object("examplebucket", "k");
    private static final SigningKeys KEYS = new SigningKeys(8);

    private static Headers authorized(SignatureVersion version, Headers signed) throws OssRefusal {
        HeaderSigner.HeaderToSign request = new HeaderSigner.HeaderToSign(
                version,
                HttpMethod.GET,
                OBJECT,
                QueryParameters.NONE,
                signed,
                List.of("host", "abc"),
                Optional.empty(),
                "cn-hangzhou",
                CredentialScope.OSS);
        return new HeaderSigner(KEYS).authorize(request, KEY, NOW).headers();
    }

    private static boolean matches(QueryParameters query, Headers sent) throws OssRefusal {
        OssRequest request = Vectors.request(HttpMethod.GET, OBJECT, query, sent);
        RequestCredentials.Signed presented = (RequestCredentials.Signed) CredentialsParser.parse(request);
        return new SignatureVerifier(KEYS).check(presented, request, KEY.secret()) instanceof SignatureCheck.Matches;
    }

    /** Whether the signature over some headers matches a request that is sent with others. */
    private static boolean matches(SignatureVersion version, Headers signed, Headers sent) throws OssRefusal {
        Headers all = sent;
        for (Headers.HeaderField field : authorized(version, signed).fields()) {
            all = all.and(field.name(), field.value());
        }
        return matches(QueryParameters.NONE, all);
    }

    private static Headers meta(String... values) {
        Headers headers = Headers.NONE;
        for (String value : values) {
            headers = headers.and("x-oss-meta-a", value);
        }
        return headers;
    }

    @ParameterizedTest
    @EnumSource
    void aHeaderWithoutAValueMayBeSignedOrLeftOut(SignatureVersion version) throws OssRefusal {
        Headers sent = meta("").and("x-oss-meta-b", "v");
        assertThat(matches(version, sent, sent)).isTrue();
        assertThat(matches(version, Headers.NONE.and("x-oss-meta-b", "v"), sent))
                .isTrue();
        assertThat(matches(version, meta(""), sent)).isFalse();
        assertThat(matches(version, Headers.NONE, sent)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aHeaderWithAValueIsNeverLeftOut(SignatureVersion version) throws OssRefusal {
        assertThat(matches(version, Headers.NONE, meta("v"))).isFalse();
        assertThat(matches(version, meta("v"), Headers.NONE)).isFalse();
        assertThat(matches(version, meta(""), meta("v"))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aHeaderSentSeveralTimesIsOneLine(SignatureVersion version) throws OssRefusal {
        Headers sent = meta("1", "2 ", "3").and("x-oss-meta-b", "4");
        assertThat(matches(version, meta("1,2,3").and("x-oss-meta-b", "4"), sent))
                .isTrue();
        for (String other : List.of("1,2", "1,3,2", "123", "1,2,3,", "1")) {
            assertThat(matches(version, meta(other).and("x-oss-meta-b", "4"), sent))
                    .as(other)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"V2, ',AdditionalHeaders:abc;host,'", "V4, ',AdditionalHeaders=abc;host,'"})
    void additionalHeadersAreSignedAsTheyAreSent(SignatureVersion version, String listed) throws OssRefusal {
        Headers signed = Headers.NONE.and("Host", "h").and("Abc", "v").and("other", "o");
        assertThat(authorized(version, signed).first("authorization").orElseThrow())
                .contains(listed);
        assertThat(matches(version, signed, signed)).isTrue();
        assertThat(matches(version, signed, signed.without("other"))).isTrue();
        for (String name : List.of("host", "abc")) {
            assertThat(matches(version, signed, signed.without(name))).as(name).isFalse();
            assertThat(matches(version, signed, signed.without(name).and(name, "w")))
                    .as(name)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'x-oss-meta-a:\n', ?acl=, true",
        "'x-oss-meta-a:\n', ?acl, true",
        "'', ?acl=, true",
        "'', ?acl, true",
        "'x-oss-meta-b:\n', ?acl, false",
        "'', '', false",
    })
    void v1AcceptsEveryWayOfWritingWhatIsEmpty(String lines, String parameters, boolean taken) throws OssRefusal {
        String stringToSign = "GET\n\n\n" + DATE + "\n" + lines + "/examplebucket/k" + parameters;
        String signature = V1.signature(KEY.secret(), stringToSign);
        Headers sent = meta("").and("date", DATE).and("authorization", "OSS ak:" + signature);
        assertThat(matches(QueryParameters.parse("acl=", EncodedText.URL), sent))
                .isEqualTo(taken);
    }

    @Test
    void v1KnowsAParameterWithoutEqualsSignInOneWay() throws OssRefusal {
        String signature = V1.signature(KEY.secret(), "GET\n\n\n" + DATE + "\n/examplebucket/k?acl=");
        Headers sent = Headers.NONE.and("date", DATE).and("authorization", "OSS ak:" + signature);
        assertThat(matches(QueryParameters.parse("acl", EncodedText.URL), sent)).isFalse();
        assertThat(matches(QueryParameters.parse("acl=", EncodedText.URL), sent))
                .isTrue();
    }

    @Test
    void v4KeepsThePayloadLineOfTheRequest() throws OssRefusal {
        Headers signed = Headers.NONE.and("x-oss-content-sha256", "hash");
        assertThat(authorized(SignatureVersion.V4, signed).has("x-oss-content-sha256"))
                .isFalse();
        assertThat(matches(SignatureVersion.V4, signed, signed)).isTrue();
        Headers other = Headers.NONE.and("x-oss-content-sha256", "UNSIGNED-PAYLOAD");
        assertThat(matches(SignatureVersion.V4, signed, other)).isFalse();
    }
}

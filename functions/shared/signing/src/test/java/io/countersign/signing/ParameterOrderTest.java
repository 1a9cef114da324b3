package io.countersign.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.base.Hmac;
import io.countersign.signing.request.CredentialsParser;
import io.countersign.signing.request.SignatureVerifier;
import io.countersign.signing.v4.V4;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The orders in which V4's parameters may have been signed: that of bytes, and JavaScript's {@code localeCompare}, which ali-oss takes for it (docs/protocol.md 3, quirks). */
class ParameterOrderTest {
    private static final CredentialScope SCOPE = new CredentialScope("ak", "20261122", "cn-hangzhou", "oss");
    private static final Secret SECRET = Secret.of("sk");
    private static final String DATE = "20261122T025236Z";

    /** As Node.js sorts them. */
    private static final List<String> BY_LOCALE = List.of(
            " ",
            "_",
            "-",
            ",",
            ";",
            ":",
            "!",
            "?",
            ".",
            "'",
            "\"",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "@",
            "*",
            "/",
            "\\",
            "&",
            "#",
            "%",
            "`",
            "^",
            "+",
            "<",
            "=",
            ">",
            "|",
            "~",
            "$",
            "0",
            "10",
            "2",
            "9",
            "a",
            "A",
            "a b",
            "a_b",
            "a-b",
            "a.b",
            "a/b",
            "a~b",
            "a$b",
            "aa",
            "aA",
            "Aa",
            "AA",
            "ab",
            "b",
            "B",
            "part-number-marker",
            "partNumber",
            "versionid",
            "versionId",
            "versions",
            "x-oss-process",
            "x-oss-Process",
            "X-Oss-process",
            "z",
            "Z");

    private static boolean matches(List<String> sent, List<String> signed) throws OssRefusal {
        List<QueryParameter> query = new ArrayList<>();
        sent.forEach(name -> query.add(QueryParameter.of(name, "v")));
        Headers headers = Headers.NONE.and("x-oss-date", DATE).and("authorization", authorization(signed));
        OssRequest request =
                Vectors.request(HttpMethod.GET, Target.bucket("examplebucket"), new QueryParameters(query), headers);
        RequestCredentials.Signed presented = (RequestCredentials.Signed) CredentialsParser.parse(request);
        return new SignatureVerifier(new SigningKeys(1)).check(presented, request, SECRET)
                instanceof SignatureCheck.Matches;
    }

    /** Signs by hand, in the order that the names stand in. */
    private static String authorization(List<String> names) {
        String query =
                names.stream().map(name -> PercentEncoding.encode(name) + "=v").collect(Collectors.joining("&"));
        String canonicalRequest = "GET\n/examplebucket/\n" + query + "\nx-oss-date:" + DATE + "\n\n\nUNSIGNED-PAYLOAD";
        String stringToSign = "OSS4-HMAC-SHA256\n" + DATE + "\n20261122/cn-hangzhou/oss/aliyun_v4_request\n"
                + Hmac.Digests.sha256Hex(canonicalRequest);
        String signature = V4.signature(new SigningKeys(1).v4(SCOPE, SECRET), stringToSign);
        return "OSS4-HMAC-SHA256 Credential=" + SCOPE.credential() + ",Signature=" + signature;
    }

    private static List<String> byBytes(List<String> names) {
        return names.stream()
                .sorted((one, other) -> PercentEncoding.encode(one).compareTo(PercentEncoding.encode(other)))
                .toList();
    }

    @Test
    void eitherOrderIsAcceptedHoweverTheRequestIsOrdered() throws OssRefusal {
        List<String> shuffled = new ArrayList<>(BY_LOCALE);
        Collections.reverse(shuffled);
        assertThat(matches(shuffled, BY_LOCALE)).isTrue();
        assertThat(matches(shuffled, byBytes(BY_LOCALE))).isTrue();
    }

    @Test
    void noOtherOrderIsAccepted() throws OssRefusal {
        for (int i = 1; i < BY_LOCALE.size(); i++) {
            List<String> swapped = new ArrayList<>(BY_LOCALE);
            Collections.swap(swapped, i - 1, i);
            assertThat(matches(BY_LOCALE, swapped)).as("%s", swapped.get(i)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a B", "a A", "Z a", "a_ a-", "a~ a1"})
    void twoNamesAreEnoughForTheOrdersToDiffer(String names) throws OssRefusal {
        List<String> pair = List.of(names.split(" "));
        assertThat(matches(pair, pair)).isTrue();
        assertThat(matches(pair, pair.reversed())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a- a0", "a0 a9", "a9 aa", "ay az", "a- aa"})
    void namesThatBothOrdersSortAlikeHaveOneOrder(String names) throws OssRefusal {
        List<String> pair = List.of(names.split(" "));
        assertThat(matches(pair, pair)).isTrue();
        assertThat(matches(pair, pair.reversed())).isFalse();
    }

    @Test
    void ordersNonAsciiNamesOnlyByBytes() throws OssRefusal {
        for (String other : List.of("\u00e9", "\u007f", "\t")) {
            List<String> byBytes = List.of(other, "B", "a");
            assertThat(matches(byBytes, byBytes)).isTrue();
            assertThat(matches(byBytes, List.of(other, "a", "B"))).isFalse();
        }
        List<String> byBytes = List.of("\u00e9", "B", "a");
        assertThat(matches(byBytes, List.of("a", "B", "\u00e9"))).isFalse();
    }
}

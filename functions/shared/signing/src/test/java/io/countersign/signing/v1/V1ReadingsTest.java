package io.countersign.signing.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Address;
import io.countersign.oss.EncodedText;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class V1ReadingsTest {
    private static final Set<String> SIGNED =
            Set.of("acl", "uploads", "response-content-disposition", "x-oss-process", "x-oss-a", "x-oss-b");

    private static OssRequest request(String key, String query) throws OssRefusal {
        Target target = key.isEmpty() ? Target.bucket("b") : Target.object("b", key);
        return new OssRequest(
                HttpMethod.GET,
                new Address(target, Address.Style.PATH, "localhost", Optional.empty()),
                QueryParameters.parse(query, EncodedText.URL),
                Headers.NONE);
    }

    private static Optional<List<OssRequest>> readings(String key, String query) throws OssRefusal {
        return new V1Readings(request(key, query), SIGNED::contains).all();
    }

    @Test
    void aPlainRequestHasOneReading() throws OssRefusal {
        assertThat(readings("a", "acl&prefix=x%26y%3F").orElseThrow())
                .containsExactly(request("a", "acl&prefix=x%26y%3F"));
    }

    @Test
    void aQuestionMarkInAKeyMayBeginASubResource() throws OssRefusal {
        assertThat(readings("a?acl", "").orElseThrow()).containsExactly(request("a?acl", ""), request("a", "acl"));
    }

    @Test
    void aQuestionMarkBeforeNoSignedNameIsPartOfTheKey() throws OssRefusal {
        assertThat(readings("what?.txt", "").orElseThrow()).containsExactly(request("what?.txt", ""));
    }

    @Test
    void aKeyThatIsOnlyASubResourceMayBeTheBuckets() throws OssRefusal {
        assertThat(readings("?acl", "").orElseThrow()).containsExactly(request("?acl", ""), request("", "acl"));
    }

    @Test
    void anAmpersandInASignedValueMayBeginAParameter() throws OssRefusal {
        assertThat(readings("k", "response-content-disposition=x%26x-oss-process%3Dimage/info")
                        .orElseThrow())
                .containsExactlyInAnyOrder(
                        request("k", "response-content-disposition=x%26x-oss-process%3Dimage/info"),
                        request("k", "response-content-disposition=x&x-oss-process=image/info"),
                        request("k?response-content-disposition=x&x-oss-process=image/info", ""));
    }

    @Test
    void listsEveryRequestThatASignedTextMatches() throws OssRefusal {
        assertThat(new V1Readings(request("a", "acl")).ofTheText().orElseThrow())
                .containsExactly(request("a", "acl"), request("a?acl", ""));
        assertThat(new V1Readings(request("a", "response-content-type=t&uploadId=u"))
                        .ofTheText()
                        .orElseThrow())
                .containsExactlyInAnyOrder(
                        request("a", "response-content-type=t&uploadId=u"),
                        request("a", "response-content-type=t%26uploadId%3Du"),
                        request("a?response-content-type=t&uploadId=u", ""));
    }

    @Test
    void unsignedParametersStayAsTheyCame() throws OssRefusal {
        assertThat(readings("a?acl", "prefix=p").orElseThrow()).contains(request("a", "acl&prefix=p"));
    }

    @Test
    void parametersOutOfOrderAreNoReading() throws OssRefusal {
        assertThat(readings("k", "x-oss-process=1%26acl").orElseThrow())
                .doesNotContain(request("k", "x-oss-process=1&acl"));
    }

    @Test
    void aSignedNameThatHoldsSeparatorsIsAmbiguousToo() throws OssRefusal {
        OssRequest odd = request("k", "x-oss-a%3D1%26x-oss-b=2");
        assertThat(new V1Readings(odd, name -> name.startsWith("x-oss-")).all().orElseThrow())
                .contains(request("k", "x-oss-a=1&x-oss-b=2"));
    }

    @Test
    void tooManyReadingsAreNotJudged() throws OssRefusal {
        assertThat(readings("a" + "?x-oss-a=".repeat(20), "")).isEmpty();
        assertThat(readings("k", "x-oss-a=" + "%26x-oss-b%3D".repeat(40))).isEmpty();
    }

    @Test
    void theSearchEndsOnLongInput() throws OssRefusal {
        assertThat(readings("k", "response-content-disposition=" + "%26".repeat(2600)))
                .isPresent();
        assertThat(readings("?".repeat(1000), "")).isPresent();
    }
}

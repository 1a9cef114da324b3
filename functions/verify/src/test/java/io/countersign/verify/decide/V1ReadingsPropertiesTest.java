package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.Operations;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.v1.V1Readings;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A V1 request passes only if it is an operation as received and each other reading that is an operation would pass by itself. */
class V1ReadingsPropertiesTest {
    private static final SampleRegistry REGISTRY = new SampleRegistry();
    private static final Verifier VERIFIER =
            new Verifier(REGISTRY.reader(), SessionOpener.NONE, new SigningKeys(16), BaseDomains.DEFAULT);

    @Property
    void passesOnlyRequestsThatPassInEachReading(
            @ForAll("methods") HttpMethod method, @ForAll("keys") String key, @ForAll("queries") String query)
            throws OssRefusal, StoreUnavailable {
        String url = ClientRequest.of(method, SampleRegistry.PRIVATE, key)
                .query(query)
                .anonymous()
                .url();
        OssRequest own = AnyV1.parsed(method.name(), url, Headers.NONE);
        List<OssRequest> readings = new V1Readings(own).all().orElse(List.of());
        boolean allMay = !readings.isEmpty() && allowed(v4(own));
        for (OssRequest reading : readings) {
            allMay &= Operations.of(reading).isEmpty() || allowed(v4(reading));
        }
        boolean passes = allowed(AnyV1.signed(method.name(), url, SampleRegistry.USER));
        assertThat(passes).as("%s %s?%s", method, key, query).isEqualTo(allMay);
        assertThat(!passes || Operations.of(own).isPresent()).isTrue();
    }

    private static boolean allowed(VerifyRequest request) throws StoreUnavailable {
        return VERIFIER.verify(request, SampleRegistry.NOW).allowed();
    }

    /** The same request by itself. */
    private static VerifyRequest v4(OssRequest reading) {
        String key = reading.target() instanceof Target.ObjectKey object ? object.key() : "";
        return ClientRequest.of(reading.method(), SampleRegistry.PRIVATE, key)
                .query(new QueryParameters(reading.query().list()).encoded())
                .signed(SignatureVersion.V4, SampleRegistry.USER);
    }

    @Provide
    Arbitrary<HttpMethod> methods() {
        return Arbitraries.of(HttpMethod.GET, HttpMethod.PUT, HttpMethod.POST, HttpMethod.DELETE, HttpMethod.HEAD);
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of(
                        "a",
                        "b",
                        "?",
                        "&",
                        "=",
                        "acl",
                        "uploads",
                        "append",
                        "position",
                        "uploadId",
                        "tagging",
                        "policy",
                        "x-oss-process",
                        "x-oss-other",
                        "response-content-type",
                        "restore",
                        "U")
                .list()
                .ofMaxSize(7)
                .map(parts -> "team/" + String.join("", parts));
    }

    @Provide
    Arbitrary<String> queries() {
        return Arbitraries.of(
                "",
                "uploads",
                "append&position=0",
                "uploadId=U",
                "partNumber=1&uploadId=U",
                "acl",
                "response-content-type=x%26uploadId%3DU",
                "response-content-type=x%3Facl",
                "encoding-type=url",
                "anything",
                "x-oss-traffic-limit=1%26x-oss-process%3Dimage/info");
    }
}

package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.signing.SignatureVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessBoundTest extends AbstractVerifierTest {
    private final String bucket = registry.governed(
            "bound",
            "{\"Effect\":\"Allow\",\"Principal\":[\"*\"],\"Action\":[\"oss:*\"],\"Resource\":[\"acs:oss:*:*:*\"]}");

    private VerifyRequest bound(String query, SignatureVersion version) {
        return ClientRequest.get(bucket, "k").query(query).signed(version, SampleRegistry.ROOT);
    }

    @ParameterizedTest
    @CsvSource({
        "x-oss-ac-source-ip=203.0.113.9, 203.0.113.9, true",
        "x-oss-ac-source-ip=203.0.113.9, 203.0.113.8, false",
        "x-oss-ac-source-ip=203.0.113.9&x-oss-ac-subnet-mask=32, 203.0.113.9, true",
        "x-oss-ac-source-ip=203.0.113.9&x-oss-ac-subnet-mask=24, 203.0.113.77, true",
        "x-oss-ac-source-ip=203.0.113.0&x-oss-ac-subnet-mask=24, 203.0.112.255, false",
        "x-oss-ac-source-ip=203.0.113.9&x-oss-ac-subnet-mask=0, 198.51.100.1, true",
        "x-oss-ac-source-ip=2001:db8::1&x-oss-ac-subnet-mask=64, 2001:db8::ff, true",
        "x-oss-ac-source-ip=2001:db8::1&x-oss-ac-subnet-mask=64, 203.0.113.9, false",
        "x-oss-ac-subnet-mask=24, 203.0.113.9, false",
        "x-oss-ac-source-ip=2001:db8::1, 2001:db8::1, true",
        "x-oss-ac-source-ip=2001:db8::1, 2001:db8::2, false",
        "x-oss-ac-vpc-id=vpc-1, 203.0.113.9, false"
    })
    void theAddressBindingIsEnforced(String query, String from, boolean allowed) {
        for (VerifyRequest request : everySignature(query)) {
            VerifyAnswer answer = verify(VerifyRequests.from(request, from));
            assertThat(answer.allowed()).as(request.url() + answer).isEqualTo(allowed);
            if (!allowed) {
                assertThat(answer.error().orElseThrow().ec()).contains("0002-00000602");
            }
        }
    }

    private List<VerifyRequest> everySignature(String query) {
        ClientRequest request = ClientRequest.get(bucket, "k").query(query);
        return Stream.of(SignatureVersion.values())
                .flatMap(version -> Stream.of(
                        request.signed(version, SampleRegistry.ROOT),
                        request.presigned(version, SampleRegistry.ROOT, Duration.ofMinutes(10))))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-oss-ac-source-ip=203.0.113.9&x-oss-ac-source-ip=203.0.113.9",
                "x-oss-ac-source-ip=203.0.113.9&x-oss-ac-source-ip=203.0.113.8",
                "x-oss-ac-source-ip=203.0.113.9&x-oss-ac-subnet-mask=24&x-oss-ac-subnet-mask=0",
                "X-Oss-Ac-Source-Ip=203.0.113.9",
                "x-oss-ac-source-ip=203.0.113.9&x-oss-ac-Subnet-Mask=24",
                "x-oss-ac-anything=1"
            })
    void refusesASecondOneAndAnotherSpelling(String query) {
        for (VerifyRequest request : everySignature(query)) {
            VerifyAnswer answer = verify(VerifyRequests.from(request, "203.0.113.9"));
            assertThat(answer.error().orElseThrow().code()).as(request.url()).isEqualTo("InvalidArgument");
        }
    }

    @Test
    void aBoundThatV1ReadsAsAPartOfAnotherParameterHolds() {
        String signed = "response-content-type=text%2Fplain&x-oss-ac-source-ip=203.0.113.9";
        String moved = "response-content-type=text%2Fplain%26x-oss-ac-source-ip%3D203.0.113.9";
        VerifyRequest bound = ClientRequest.get(bucket, "k")
                .query(signed)
                .presigned(SignatureVersion.V1, SampleRegistry.ROOT, Duration.ofMinutes(10));
        VerifyRequest freed = VerifyRequests.url(bound, bound.url().replace(signed, moved));
        assertThat(freed.url()).contains(moved);
        for (VerifyRequest request : List.of(bound, freed)) {
            assertThat(verify(VerifyRequests.from(request, "203.0.113.9")).allowed())
                    .isTrue();
            assertThat(verify(VerifyRequests.from(request, "203.0.113.8"))
                            .error()
                            .orElseThrow()
                            .ec())
                    .contains("0002-00000602");
            assertThat(verify(VerifyRequests.fromNowhere(request)).allowed()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownAddressIsAnother(SignatureVersion version) {
        VerifyRequest request = bound("x-oss-ac-source-ip=203.0.113.9", version);
        assertThat(verify(VerifyRequests.fromNowhere(request))
                        .error()
                        .orElseThrow()
                        .message())
                .contains("not known here", "countersign.trusted-proxies");
        assertThat(verify(VerifyRequests.from(request, "203.0.113.8"))
                        .error()
                        .orElseThrow()
                        .message())
                .contains("from another address");
        assertThat(verify(VerifyRequests.from(request, "203.0.113.9")).allowed())
                .isTrue();
    }

    @Test
    void theVpcBindingIsEnforced() {
        VerifyRequest request = VerifyRequests.fromNowhere(bound("x-oss-ac-vpc-id=vpc-1", SignatureVersion.V4));
        assertThat(verify(request).allowed()).isFalse();
        assertThat(verify(VerifyRequests.knowing(request, Context.from(Optional.of("vpc-2"))))
                        .allowed())
                .isFalse();
        assertThat(verify(VerifyRequests.knowing(request, Context.from(Optional.of("vpc-1"))))
                        .allowed())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-oss-ac-source-ip=203.0.113.9%2F24",
                "x-oss-ac-source-ip=203.0.113",
                "x-oss-ac-source-ip=",
                "x-oss-ac-source-ip=203.0.113.9&x-oss-ac-subnet-mask=33",
                "x-oss-ac-source-ip=203.0.113.9&x-oss-ac-subnet-mask=-1",
                "x-oss-ac-source-ip=203.0.113.9&x-oss-ac-subnet-mask=",
                "x-oss-ac-forward-allow=true",
                "x-oss-ac-forward-allow=false"
            })
    void refusesABoundThatCannotBeChecked(String query) {
        VerifyAnswer answer = verify(VerifyRequests.from(bound(query, SignatureVersion.V4), "203.0.113.9"));
        assertThat(answer.error().orElseThrow().code()).isEqualTo("InvalidArgument");
    }
}

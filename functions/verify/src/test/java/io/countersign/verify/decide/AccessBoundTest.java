package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.signing.SignatureVersion;
import java.util.Optional;
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
        "x-oss-ac-vpc-id=vpc-1, 203.0.113.9, false"
    })
    void theAddressBindingIsEnforced(String query, String from, boolean allowed) {
        VerifyAnswer answer = verify(VerifyRequests.from(bound(query, SignatureVersion.V4), from));
        assertThat(answer.allowed()).as(answer.toString()).isEqualTo(allowed);
        if (!allowed) {
            assertThat(answer.error().orElseThrow().ec()).contains("0002-00000602");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownAddressIsAnother(SignatureVersion version) {
        VerifyRequest request = bound("x-oss-ac-source-ip=203.0.113.9", version);
        assertThat(verify(VerifyRequests.fromNowhere(request)).allowed()).isFalse();
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

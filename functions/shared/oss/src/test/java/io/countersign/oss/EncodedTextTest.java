package io.countersign.oss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A refusal of an encoded text names the header or the URL that contains it. */
class EncodedTextTest {
    @ParameterizedTest
    @CsvSource({
        "/b12/k?symlink, x-oss-symlink-target, a%zz",
        "/b12/k?symlink, x-oss-symlink-target, a%",
        "/b12/k?symlink, x-oss-symlink-target, %FF",
        "/b12/k?symlink, x-oss-symlink-target, a%00",
        "/b12/k, x-oss-copy-source, /b13/a%zz",
        "/b12/k, x-oss-copy-source, /b13%/a",
        "/b12/k, x-oss-copy-source, /b13/%C3",
        "/b12/k, x-oss-copy-source, /b13/a?versionId=%2",
        "/b12/k, x-oss-copy-source, /B/a",
        "/b12/k, x-oss-copy-source, /b13/a%00",
        "/b12/k?partNumber=1&uploadId=u, x-oss-copy-source, /b13/a%zz"
    })
    void aHeaderIsNamed(String target, String header, String value) throws OssRefusal {
        OssRequest request = ParsedRequests.request("PUT", target, Headers.NONE.and(header, value));
        Operation operation = Operations.of(request).orElseThrow();
        OssRefusal refusal =
                catchThrowableOfType(OssRefusal.class, () -> Operations.rights(operation, request, Body.UNKNOWN));
        assertThat(refusal).isNotNull();
        assertThat(refusal.text()).startsWith(header).doesNotContain("URL");
    }

    @ParameterizedTest
    @CsvSource({"/b12/a%zz", "/b12/%FF", "/b%/a", "/b12/a?prefix=%2", "/b12/a?%=x"})
    void theUrlIsNamed(String target) {
        OssRefusal refusal =
                catchThrowableOfType(OssRefusal.class, () -> ParsedRequests.request("GET", target, Headers.NONE));
        assertThat(refusal.text()).startsWith("The URL ");
    }
}

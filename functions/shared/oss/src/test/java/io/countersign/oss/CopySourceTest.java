package io.countersign.oss;

import static io.countersign.oss.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopySourceTest {
    @ParameterizedTest
    @CsvSource({
        "/srcbucket/k,k",
        "/srcbucket/s%20k%E4%B8%AD,s k中",
        "/srcbucket/a%2Fb/c,a/b/c",
        "/srcbucket//a,/a",
        "/srcbucket/a+b%2Bc,a b+c",
        "/srcbucket/%3FversionId=1,?versionId=1",
        "/srcbucket/../other/k,../other/k",
        "/srcbucket/%252e,%2e",
    })
    void bucketAndKeyAreDecodedOnce(String header, String key) throws OssRefusal {
        assertThat(CopySource.parse(header))
                .isEqualTo(new CopySource(new Target.ObjectKey("srcbucket", key), Optional.empty()));
    }

    @Test
    void aVersionFollowsAQuestionMark() throws OssRefusal {
        assertThat(CopySource.parse("/srcbucket/k?versionId=CAE%2B").version()).contains("CAE+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "k",
                "srcbucket/k",
                "/srcbucket",
                "/srcbucket/",
                "/srcbucket/k?",
                "/srcbucket/k?versionId",
                "/srcbucket/k?versionId=",
                "/srcbucket/k?acl",
                "/srcbucket/k?versionId=1&x=2",
                "/srcbucket/%zz",
                "/srcbucket/%FF",
                "/?versionId=1"
            })
    void otherFormsAreRefused(String header) {
        refused(OssError.INVALID_ARGUMENT, () -> CopySource.parse(header));
    }

    @Test
    void namesThatCannotBeAreRefused() {
        refused(OssError.INVALID_BUCKET_NAME, () -> CopySource.parse("/Src/k"));
        refused(OssError.INVALID_BUCKET_NAME, () -> CopySource.parse("//src/k"));
        refused(OssError.INVALID_BUCKET_NAME, () -> CopySource.parse("/srcbucket%2Fk/x"));
        refused(OssError.INVALID_OBJECT_NAME, () -> CopySource.parse("/srcbucket/a%00"));
    }
}

package io.countersign.oss;

import static io.countersign.oss.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaveAsTest {
    @Test
    void bucketAndKeyAreReadFromUrlSafeBase64() throws OssRefusal {
        // The example of the official page: test.jpg in the bucket test.
        assertThat(CopySource.SaveAs.targets("image/resize,w_100|sys/saveas,o_dGVzdC5qcGc,b_dGVzdA", "own"))
                .containsExactly(new Target.ObjectKey("test", "test.jpg"));
        assertThat(CopySource.SaveAs.targets("image/resize,w_100|sys/saveas,b_dGVzdA==,o_dGVzdC5qcGc=", "own"))
                .containsExactly(new Target.ObjectKey("test", "test.jpg"));
    }

    @Test
    void theObjectsOwnBucketIsTheDefault() throws OssRefusal {
        assertThat(CopySource.SaveAs.targets("sys/saveas,o_dGVzdC5qcGc", "own"))
                .containsExactly(new Target.ObjectKey("own", "test.jpg"));
    }

    @Test
    void everySavingStepCounts() throws OssRefusal {
        assertThat(CopySource.SaveAs.targets("sys/saveas,o_YQ|image/info|sys/saveas,o_Yg|sys/notify,topic_x", "own"))
                .containsExactly(new Target.ObjectKey("own", "a"), new Target.ObjectKey("own", "b"));
    }

    @Test
    void otherProcessesSaveNothing() throws OssRefusal {
        assertThat(CopySource.SaveAs.targets("image/resize,w_100", "own")).isEmpty();
        assertThat(CopySource.SaveAs.targets("", "own")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sys/saveas", "sys/saveas,b_dGVzdA", "sys/saveas,o_", "sys/saveas,o_*", "sys/saveas,o_YQ,o_Yg",
                "sys/saveas,o_YQ,x_1", "sys/saveas,o_YQ,", "sys/saveas,o__w", "sys/saveAs,o_YQ", "sys/other,o_YQ",
                " sys/saveas,o_YQ", "image/info,sys/saveas,o_YQ"
            })
    void refusesAnUnclearTarget(String process) {
        OssRefusal refusal = org.assertj.core.api.Assertions.catchThrowableOfType(
                OssRefusal.class, () -> CopySource.SaveAs.targets(process, "own"));
        assertThat(refusal).isNotNull();
        assertThat(refusal.error()).isIn(OssError.INVALID_ARGUMENT, OssError.INVALID_OBJECT_NAME);
    }

    @Test
    void savedBucketsAreValidNames() {
        refused(OssError.INVALID_BUCKET_NAME, () -> CopySource.SaveAs.targets("sys/saveas,o_YQ,b_Li4", "own"));
    }
}

package io.countersign.oss;

import static io.countersign.oss.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "a-b",
                "000",
                "a--b",
                "examplebucket",
                "a23456789b123456789c123456789d123456789e123456789f123456789g12"
            })
    void bucketNamesThatOssAccepts(String name) throws OssRefusal {
        assertThat(BucketName.isValid(name)).isTrue();
        assertThat(BucketName.checked(name)).isSameAs(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "ab",
                "-ab",
                "ab-",
                "Abc",
                "a_b",
                "a.b",
                "a b",
                "abc/",
                "..",
                "中文桶",
                "a%2d",
                "ab\n",
                "a23456789b123456789c123456789d123456789e123456789f123456789g123x"
            })
    void bucketNamesThatOssRefuses(String name) {
        assertThat(BucketName.isValid(name)).isFalse();
        refused(OssError.INVALID_BUCKET_NAME, () -> BucketName.checked(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"k", "/", "//", "..", "../../etc/passwd", "\\", "%25", "a\nb", " ", "?acl", "中", "😀", "\u0001"})
    void keysAreReadLiterally(String key) throws OssRefusal {
        assertThat(BucketName.ObjectName.checked(key)).isSameAs(key);
    }

    @Test
    void keysAreBoundedInBytesNotCharacters() throws OssRefusal {
        assertThat(BucketName.ObjectName.checked("a".repeat(1_023))).hasSize(1_023);
        assertThat(BucketName.ObjectName.checked("中".repeat(341))).hasSize(341);
        refused(OssError.INVALID_OBJECT_NAME, () -> BucketName.ObjectName.checked("a".repeat(1_024)));
        refused(OssError.INVALID_OBJECT_NAME, () -> BucketName.ObjectName.checked("中".repeat(341) + "a"));
        refused(OssError.INVALID_OBJECT_NAME, () -> BucketName.ObjectName.checked("😀".repeat(256)));
    }

    @Test
    void emptyKeysAndNulAreRefused() {
        refused(OssError.INVALID_OBJECT_NAME, () -> BucketName.ObjectName.checked(""));
        refused(OssError.INVALID_OBJECT_NAME, () -> BucketName.ObjectName.checked("a\0b"));
    }
}

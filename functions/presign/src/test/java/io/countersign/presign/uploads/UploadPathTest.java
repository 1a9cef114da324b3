package io.countersign.presign.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadPathTest {
    @Test
    void eachPathIsReadAsItIs() {
        assertThat(UploadPath.of("/uploads/avatar")).contains(new UploadPath.Begin("avatar"));
        assertThat(UploadPath.of("/uploads/a.b_c-1/s3/params")).contains(new UploadPath.Params("a.b_c-1"));
        assertThat(UploadPath.of("/uploads/avatar/s3/multipart")).contains(new UploadPath.Create("avatar"));
        assertThat(UploadPath.of("/uploads/avatar/s3/multipart/ID..x"))
                .contains(new UploadPath.Parts("avatar", "ID..x"));
        assertThat(UploadPath.of("/uploads/avatar/s3/multipart/ID/10000"))
                .contains(new UploadPath.Part("avatar", "ID", 10_000));
        assertThat(UploadPath.of("/uploads/avatar/s3/multipart/ID/batch"))
                .contains(new UploadPath.Batch("avatar", "ID"));
        assertThat(UploadPath.of("/uploads/avatar/s3/multipart/ID/complete"))
                .contains(new UploadPath.CompleteListed("avatar", "ID"));
        assertThat(UploadPath.of(UploadPath.Complete.of("avatar", "ID")))
                .contains(new UploadPath.Complete("avatar", "ID"));
        assertThat(UploadPath.of(UploadPath.Abort.of("avatar", "ID"))).contains(new UploadPath.Abort("avatar", "ID"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/uploads/",
                "/uploads",
                "/uploads/a/",
                "/uploads//s3/params",
                "/uploads/..",
                "/uploads/.hidden",
                "/uploads/%61vatar",
                "/uploads/a@b",
                "/uploads/a/s3",
                "/uploads/a/s3/sts",
                "/uploads/a/s3/params/",
                "/uploads/a/s3/multipart/",
                "/uploads/a/s3/multipart//complete",
                "/uploads/a/s3/multipart/ID/",
                "/uploads/a/s3/multipart/ID/0",
                "/uploads/a/s3/multipart/ID/01",
                "/uploads/a/s3/multipart/ID/10001",
                "/uploads/a/s3/multipart/ID/+1",
                "/uploads/a/s3/multipart/ID/1/2",
                "/uploads/a/multipart",
                "/uploads/a/multipart//complete",
                "/uploads/a/multipart/ID",
                "/uploads/a/multipart/ID/complete/",
                "/uploads/a/multipart/ID/else",
                "/other/a"
            })
    void noOtherPathExists(String path) {
        assertThat(UploadPath.of(path)).isEmpty();
    }
}

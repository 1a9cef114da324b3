package io.countersign.presign.uploads;

import static io.countersign.identity.TestToken.NOW;
import static io.countersign.presign.uploads.UploadWorld.MIB;
import static io.countersign.presign.uploads.UploadWorld.TOKEN;
import static io.countersign.presign.uploads.UploadWorld.file;
import static io.countersign.presign.uploads.UploadWorld.refused;
import static io.countersign.presign.uploads.UploadWorld.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.identity.TestRegistry;
import io.countersign.registry.RoleFaces;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The faces of the role of an upload. */
class UploadFacesTest {
    private static void face(UploadWorld world, RoleFaces.Face... faces) {
        world.records
                .facing(faces)
                .role(TestRegistry.ACCOUNT, TestRegistry.ROLE, TestRegistry.TRUST, UploadWorld.POLICY);
    }

    @Test
    void aRoleOfUploadsAloneUploads() {
        try (UploadWorld world = new UploadWorld()) {
            face(world, RoleFaces.Face.UPLOADS);
            for (String name : new String[] {"avatar", "form", "video"}) {
                assertThat(world.post(name, file("a.png", "image/png", 1)).status())
                        .as(name)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void everyPathIsClosedToARoleOfOtherFaces() {
        try (UploadWorld world = new UploadWorld()) {
            String id = text(world.post("video", file("a.png", "image/png", MIB)), "multipart.uploadId");
            world.storage.has(1, MIB);
            List<String> asked = world.storage.asked();
            face(
                    world,
                    RoleFaces.Face.TOKEN,
                    RoleFaces.Face.STS,
                    RoleFaces.Face.PRESIGN,
                    RoleFaces.Face.POST_POLICY,
                    RoleFaces.Face.SIGN_CONTENT);
            String body = file("a.png", "image/png", MIB);
            for (String name : new String[] {"avatar", "form", "video"}) {
                refused(world.post(name, body), 403, "FaceNotAllowed");
            }
            refused(world.get("form/s3/params", "filename=a.png&type=image/png"), 403, "FaceNotAllowed");
            refused(
                    world.post("video/s3/multipart", "{\"filename\":\"a.png\",\"type\":\"image/png\"}"),
                    403,
                    "FaceNotAllowed");
            for (String path : new String[] {
                "video/multipart/" + id + "/complete",
                "video/multipart/" + id + "/abort",
                "video/s3/multipart/" + id + "/complete"
            }) {
                refused(world.post(path, ""), 403, "FaceNotAllowed");
            }
            refused(world.get("video/s3/multipart/" + id, ""), 403, "FaceNotAllowed");
            refused(world.get("video/s3/multipart/" + id + "/1", ""), 403, "FaceNotAllowed");
            refused(
                    world.call("DELETE", "video/s3/multipart/" + id, Optional.empty(), "", TOKEN, NOW),
                    403,
                    "FaceNotAllowed");
            assertThat(world.storage.asked()).isEqualTo(asked);
        }
    }
}

package io.countersign.presign;

import static io.countersign.identity.TestToken.NOW;
import static io.countersign.presign.PresignCalls.body;
import static io.countersign.presign.PresignCalls.json;
import static io.countersign.presign.PresignCalls.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.identity.TestRegistry;
import io.countersign.registry.RoleFaces;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The faces of a role at {@code /presign} and {@code /post-policy}. */
class RoleFacesTest {
    private static final String EVERYTHING = TestRegistry.policy("Allow", "oss:*", "*");

    private static TestRegistry facing(RoleFaces.Face... faces) {
        return PresignCalls.registry(EVERYTHING)
                .facing(faces)
                .role(TestRegistry.ACCOUNT, TestRegistry.ROLE, TestRegistry.TRUST, EVERYTHING);
    }

    private static Reply presign(TestRegistry registry, String body) {
        return PresignCalls.function(registry, PresignSettings.DEFAULT).handle(PresignCalls.call(body), NOW);
    }

    private static void isRefused(Reply reply, String face) {
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(403);
        assertThat(reply.code()).contains("FaceNotAllowed");
        assertThat(text(json(reply), "code")).isEqualTo("FaceNotAllowed");
        assertThat(text(json(reply), "detail")).contains("do not include " + face + ";");
        assertThat(reply.body().utf8()).doesNotContain("ignature=", "fields");
    }

    @Test
    void aUrlIsSignedWhereTheRoleListsPresign() {
        String put = body("\"method\":\"PUT\"");
        assertThat(presign(facing(RoleFaces.Face.PRESIGN), put).status()).isEqualTo(200);
        TestRegistry other = facing(
                RoleFaces.Face.UPLOADS,
                RoleFaces.Face.POST_POLICY,
                RoleFaces.Face.SIGN_CONTENT,
                RoleFaces.Face.TOKEN,
                RoleFaces.Face.STS);
        isRefused(presign(other, put), "presign");
        isRefused(presign(other, "{\"requests\":[" + put + "]}"), "presign");
        // Before its body was read.
        isRefused(presign(other, "{}"), "presign");
    }

    @Test
    void theBodyOfALargeBatchIsNotReadForAnotherRole() {
        PresignFunction function = PresignCalls.function(facing(RoleFaces.Face.UPLOADS), PresignSettings.DEFAULT);
        Optional<ProblemException.Problem> refusal = function.refusal(PresignCalls.call(""), NOW);
        assertThat(refusal.orElseThrow().code()).isEqualTo("FaceNotAllowed");
    }

    @Test
    void aFormIsSignedWhereTheRoleListsPostPolicy() {
        assertThat(Form.reply(facing(RoleFaces.Face.POST_POLICY), body()).status())
                .isEqualTo(200);
        isRefused(
                Form.reply(
                        facing(
                                RoleFaces.Face.UPLOADS,
                                RoleFaces.Face.PRESIGN,
                                RoleFaces.Face.SIGN_CONTENT,
                                RoleFaces.Face.TOKEN,
                                RoleFaces.Face.STS),
                        body()),
                "post-policy");
    }
}

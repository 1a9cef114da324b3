package io.countersign.signcontent;

import static io.countersign.identity.TestToken.NOW;
import static io.countersign.signcontent.SignContentCalls.ANYTHING;
import static io.countersign.signcontent.SignContentCalls.call;
import static io.countersign.signcontent.SignContentCalls.isRefused;
import static io.countersign.signcontent.SignContentCalls.v1;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Reply;
import io.countersign.identity.TestRegistry;
import io.countersign.registry.RoleFaces;
import org.junit.jupiter.api.Test;

/** The faces of a role at {@code /sign-content}. */
class RoleFacesTest {
    private static Reply facing(RoleFaces.Face... faces) {
        TestRegistry registry = SignContentCalls.registry(ANYTHING)
                .facing(faces)
                .role(TestRegistry.ACCOUNT, TestRegistry.ROLE, TestRegistry.TRUST, ANYTHING);
        return SignContentCalls.function(registry, SignContentSettings.DEFAULT)
                .handle(call("text/plain", Bytes.utf8(v1("PUT", "/examplebucket/a")), SignContentCalls.TOKEN), NOW);
    }

    @Test
    void aStringIsSignedWhereTheRoleListsSignContent() {
        assertThat(facing(RoleFaces.Face.SIGN_CONTENT).status()).isEqualTo(200);
        assertThat(facing(RoleFaces.Face.SIGN_CONTENT, RoleFaces.Face.UPLOADS).status())
                .isEqualTo(200);
        Reply refused = facing(
                RoleFaces.Face.UPLOADS,
                RoleFaces.Face.PRESIGN,
                RoleFaces.Face.POST_POLICY,
                RoleFaces.Face.TOKEN,
                RoleFaces.Face.STS);
        isRefused(refused, 403, "FaceNotAllowed");
        assertThat(refused.code()).contains("FaceNotAllowed");
    }
}

package io.countersign.identity;

import static io.countersign.identity.TestRegistry.ACCOUNT;
import static io.countersign.identity.TestRegistry.ROLE;
import static io.countersign.identity.TestRegistry.TRUST;
import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.ReadAhead;
import io.countersign.registry.RoleFaces;
import io.countersign.registry.store.StoreUnavailable;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The faces of a role, for bearers; those of RAM users are tested with AssumeRole. */
class RoleAdmissionTest {
    private static final String READ =
            TestRegistry.policy("Allow", "oss:GetObject", "acs:oss:*:*:examplebucket/users/${jwt:sub}/*");
    private static final String TOKEN =
            TestToken.good("ES256", "ec").withPayload(TestToken.claims("")).signed(TestKeys.EC, "ES256");

    private static Caller at(RoleFaces.Face face, TestRegistry registry) throws CallerRefusal, StoreUnavailable {
        return new BearerAuthenticator(registry.registry())
                .authenticate(
                        TOKEN,
                        face,
                        Optional.empty(),
                        Optional.empty(),
                        TestClientContext.CLIENT,
                        ReadAhead.NOTHING,
                        NOW);
    }

    private static void isRefused(RoleFaces.Face face, TestRegistry registry, CallerRefusal.Code code, String text) {
        assertThatThrownBy(() -> at(face, registry)).isInstanceOfSatisfying(CallerRefusal.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.text()).contains(text);
        });
    }

    private static TestRegistry facing(String trust, RoleFaces.Face... faces) {
        return new TestRegistry()
                .facing(faces)
                .provider(TestRegistry.provider(Optional.of(ROLE)))
                .role(ACCOUNT, ROLE, trust, READ);
    }

    @ParameterizedTest
    @EnumSource
    void aFaceUsesTheRolesThatListIt(RoleFaces.Face listed) throws Exception {
        TestRegistry one = facing(TRUST, listed);
        for (RoleFaces.Face called : RoleFaces.Face.values()) {
            if (called == listed) {
                assertThat(at(called, one).role().name()).isEqualTo(ROLE);
            } else {
                isRefused(called, one, CallerRefusal.Code.FACE_NOT_ALLOWED, "do not include " + called.text());
            }
            assertThat(at(called, TestRegistry.with(READ)).role().name()).isEqualTo(ROLE);
            assertThat(at(called, facing(TRUST, listed, called)).role().name()).isEqualTo(ROLE);
        }
    }

    @Test
    void whoIsNotTrustedLearnsNoFaces() {
        String trust = TRUST.replace("oidc-provider/demo", "oidc-provider/other");
        assertThat(trust).isNotEqualTo(TRUST);
        for (RoleFaces.Face called : RoleFaces.Face.values()) {
            isRefused(called, facing(trust, RoleFaces.Face.UPLOADS), CallerRefusal.Code.NOT_TRUSTED, "trust policy");
        }
    }

    /** An authenticator remembers what it verified, and never that a face was allowed. */
    @Test
    void aTokenThatWasSeenAtOneFaceIsRefusedAtAnother() throws Exception {
        BearerAuthenticator authenticator =
                new BearerAuthenticator(facing(TRUST, RoleFaces.Face.UPLOADS).registry());
        for (int i = 0; i < 2; i++) {
            assertThat(authenticator
                            .authenticate(
                                    TOKEN,
                                    RoleFaces.Face.UPLOADS,
                                    Optional.empty(),
                                    Optional.empty(),
                                    TestClientContext.CLIENT,
                                    ReadAhead.NOTHING,
                                    NOW)
                            .subject())
                    .isEqualTo("alice");
            assertThatThrownBy(() -> authenticator.authenticate(
                            TOKEN,
                            RoleFaces.Face.TOKEN,
                            Optional.of(ROLE),
                            Optional.empty(),
                            TestClientContext.CLIENT,
                            ReadAhead.NOTHING,
                            NOW))
                    .isInstanceOf(CallerRefusal.class)
                    .hasMessageStartingWith("FaceNotAllowed");
        }
    }
}

package io.countersign.identity.delegation;

import static io.countersign.identity.TestRegistry.policy;
import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countersign.http.Header;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.Caller;
import io.countersign.identity.TestClientContext;
import io.countersign.identity.TestKeys;
import io.countersign.identity.TestRegistry;
import io.countersign.identity.TestToken;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.policy.StepBudget;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.RoleFaces;
import io.countersign.registry.RoleLimits;
import io.countersign.testkit.Seeds;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The signatures that the authority counts. */
class SigningLimitsTest {
    private static final SigningTable TABLE = new SigningTable(SigningOptions.DEFAULT);

    private final KeyRegistry registry = TestRegistry.limited(
                    new RoleLimits(OptionalInt.empty(), OptionalInt.of(3)),
                    policy("Allow", "oss:*", "acs:oss:*:*:examplebucket/*"))
            .bucket("examplebucket")
            .signer("LTAI5tSigner", "signer-secret", KeyStatus.ACTIVE)
            .registry();
    private final SigningAuthority authority = new SigningAuthority(registry, new SubjectLimits(Seeds.secure()));

    private Caller caller() throws Exception {
        return new BearerAuthenticator(registry)
                .authenticate(
                        TestToken.good("ES256", "ec").signed(TestKeys.EC, "ES256"),
                        RoleFaces.Face.TOKEN,
                        Optional.empty(),
                        Optional.empty(),
                        TestClientContext.CLIENT,
                        ReadAhead.NOTHING,
                        NOW);
    }

    private SigningPermit permit(Caller caller) throws Exception {
        SignableRequest request = TABLE.admit(OssRequests.put("a", ""));
        return authority.permit(
                caller,
                request,
                authority.load(request.buckets(), NOW),
                TestClientContext.CLIENT,
                StepBudget.ofRequest(),
                NOW);
    }

    @Test
    void onlyAGrantCounts() throws Exception {
        for (int i = 0; i < 100; i++) {
            permit(caller());
        }
        for (int i = 0; i < 3; i++) {
            assertThat(authority.grant(permit(caller()), NOW).signer().id()).isEqualTo("LTAI5tSigner");
        }
        SigningRefusal refusal =
                catchThrowableOfType(SigningRefusal.class, () -> authority.grant(permit(caller()), NOW));
        assertThat(refusal.code()).isEqualTo(SigningRefusal.Code.TOO_MANY_REQUESTS);
        assertThat(refusal.problem("t").status()).isEqualTo(429);
        assertThat(refusal.problem("t").headers()).containsExactly(new Header("Retry-After", "70"));
    }

    @Test
    void grantsAreCountedTogether() throws Exception {
        SigningPermit permit = permit(caller());
        assertThat(authority.grants(List.of(), NOW)).isEmpty();
        assertThat(authority.grants(List.of(permit, permit), NOW)).hasSize(2);
        assertThatThrownBy(() -> authority.grants(Collections.nCopies(2, permit), NOW))
                .hasMessageStartingWith("TooManyRequests");
        assertThat(authority.grants(List.of(permit), NOW)).hasSize(1);
    }

    @Test
    void grantsAreForOneCaller() throws Exception {
        List<SigningPermit> ofTwo = List.of(permit(caller()), permit(caller()));
        assertThatThrownBy(() -> authority.grants(ofTwo, NOW)).isInstanceOf(IllegalArgumentException.class);
    }
}

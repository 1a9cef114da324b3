package io.countersign.registry.manifest;

import static io.countersign.registry.Fixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.oss.BaseDomains;
import io.countersign.registry.Fixture;
import io.countersign.registry.store.ItemKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every refusal leaves the registry as it was. */
class ApplyRefusalTest {
    private final Fixture fixture = new Fixture();
    private Map<ItemKey, String> state = Map.of();

    @BeforeEach
    void fill() throws Exception {
        fixture.apply(Fixture.golden());
        state = fixture.store.payloads();
    }

    @AfterEach
    void writesNothing() {
        assertThat(fixture.store.payloads()).isEqualTo(state);
    }

    @Test
    void aBucketOfAnotherAccountIsRefused() {
        refused(
                "accounts: [{id: \"7\", users: [{name: new}], buckets: [{name: foreignbucket, region: cn-hangzhou}]}]",
                "belongs to the account 42");
    }

    @Test
    void aDomainOfAnotherBucketIsRefused() {
        refused(
                "accounts: [{id: \"7\", buckets: [{name: seventh, region: cn-hangzhou, domains: [img.example.com]}]}]",
                "belongs to the bucket examplebucket");
    }

    /** It would be served in the place of the bucket that the host names, or of all buckets at that address. */
    @Test
    void aDomainThatIsServedAlreadyIsRefused() {
        for (String domain : List.of(
                "victim.oss-cn-hangzhou.aliyuncs.com",
                "examplebucket.oss-cn-hangzhou-internal.aliyuncs.com",
                "oss-cn-hangzhou.aliyuncs.com",
                "victim.cn-hangzhou.oss.aliyuncs.com",
                "victim.oss-accelerate.aliyuncs.com",
                "victim.s3.oss-cn-hangzhou.aliyuncs.com",
                "127.0.0.1")) {
            refused(Fixture.golden().replace("img.example.com", domain), "bind a domain of your own");
        }
    }

    @Test
    void aKeyThatRamWouldHaveToMakeIsRefused() {
        refused(
                Fixture.golden()
                        .replace(
                                "name: reader\n        policies",
                                "name: reader\n        accessKeys: [{}]\n        policies"),
                "make it in RAM and import it");
        refused(
                Fixture.golden()
                        .replace(
                                "name: reader\n        policies",
                                "name: reader\n        accessKeys: [{id: LTAI5tReader}]\n        policies"),
                "make it in RAM and import it");
    }

    @Test
    void aDomainDoesNotMoveWithinOneApply() {
        refused(
                Fixture.golden()
                        .replace("domains: [img.example.com]", "domains: []")
                        .replace("region: cn-beijing", "region: cn-beijing, domains: [img.example.com]"),
                "with an apply of its own");
    }

    @Test
    void anIssuerAndAudienceOfAnotherProviderAreRefused() {
        refused(
                "accounts: [{id: \"7\", oidcProviders: [{name: x, issuer: \"https://idp.example\", clientIds: [new, app-beta],"
                        + " jwksUri: \"https://idp.example/jwks\"}]}]",
                "belongs to the provider demo");
    }

    @ParameterizedTest
    @CsvSource({"P7D", "P7DT15M", "P7DT15M4S"})
    void anOverlapThatIsShorterThanWhatIsSignedIsRefused(String overlap) {
        refused(Fixture.golden().replace("overlap: P8D", "overlap: " + overlap), "at least PT168H15M5S");
    }

    @Test
    void theOverlapIsMeasuredByTheLongestOfCapsAndSessions() throws Exception {
        Duration minute = Duration.ofMinutes(1);
        ApplyOptions.SigningCaps caps = new ApplyOptions.SigningCaps(minute, minute, minute, Duration.ofSeconds(5));
        Manifest manifest = Manifest.parse(
                Fixture.golden().replace("overlap: P8D", "overlap: PT1H15M4S").replace("cn-beijing", "cn-shanghai"));
        assertThatThrownBy(() -> ManifestApplier.apply(
                        manifest,
                        fixture.store,
                        fixture.sealer,
                        new ApplyOptions(false, Set.of(), caps, "apply", BaseDomains.DEFAULT, UpstreamRule.DEFAULT),
                        KeyKeeper.reportAlone(),
                        NOW,
                        fixture.random))
                .isInstanceOf(ApplyRefusal.class)
                .hasMessageContaining("at least PT1H15M5S")
                .hasMessageContaining("accounts[0].users[0], line 7");
        Duration hours = Duration.ofHours(3);
        assertThat(new ApplyOptions.SigningCaps(minute, hours, minute, minute).overlap(minute))
                .isEqualTo(new ApplyOptions.SigningCaps(minute, minute, hours, minute).overlap(minute))
                .isEqualTo(Duration.ofHours(3).plusMinutes(16));
    }

    @Test
    void aUserThatIsTooLargeForARecordIsRefused() {
        StringBuilder policies = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            StringBuilder resources = new StringBuilder();
            for (int j = 0; j < 60; j++) {
                resources
                        .append(j == 0 ? "" : ", ")
                        .append("\"acs:oss:*:*:examplebucket/")
                        .append("x".repeat(100))
                        .append(i)
                        .append('-')
                        .append(j)
                        .append('"');
            }
            policies.append(i == 0 ? "" : ", ")
                    .append("{Version: \"1\", Statement: [{Effect: Allow, Action: oss:GetObject, Resource: [")
                    .append(resources)
                    .append("]}]}");
        }
        refused(
                "accounts: [{id: \"7\", users: [{name: big, policies: [" + policies + "]}]}]",
                "make its policies smaller");
    }

    private void refused(String manifest, String reason) {
        assertThatThrownBy(() -> fixture.apply(manifest))
                .isInstanceOf(ApplyRefusal.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("line");
        assertThatThrownBy(() -> fixture.prune(manifest)).isInstanceOf(ApplyRefusal.class);
    }
}

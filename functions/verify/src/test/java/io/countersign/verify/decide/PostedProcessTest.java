package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Acl;
import io.countersign.oss.HttpMethod;
import io.countersign.signing.AccessKey;
import io.countersign.signing.SignatureVersion;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ProcessObject and AsyncProcessObject, whose process is in the body. */
class PostedProcessTest extends AbstractVerifierTest {
    private static VerifyRequest process(AccessKey key, String parameter) {
        return ClientRequest.of(HttpMethod.POST, SampleRegistry.PRIVATE, "team/a")
                .query(parameter)
                .signed(SignatureVersion.V4, key);
    }

    private static String saving(String bucket, String key) {
        return "image/resize,w_100|sys/saveas,o_" + base64(key) + ",b_" + base64(bucket);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-oss-process", "x-oss-process=", "x-oss-async-process"})
    void untoldItMaySaveAnywhere(String parameter) {
        VerifyAnswer owner = assertAllowed(process(SampleRegistry.ROOT, parameter));
        assertThat(owner.action()).contains("oss:PostProcessTask");
        assertThat(owner.obligations())
                .containsExactly(new VerifyAnswer.Obligation.DropSavedObjectAcls(SampleRegistry.PRIVATE));
        // A caller who may write everywhere may process. A right on one bucket, or a Deny anywhere, is not enough.
        assertAllowed(process(SampleRegistry.PROCESSOR, parameter));
        assertRefused(process(SampleRegistry.TEAM_PROCESSOR, parameter), 403, "AccessDenied");
        assertRefused(process(SampleRegistry.BARRED_PROCESSOR, parameter), 403, "AccessDenied");
        assertRefused(process(SampleRegistry.USER, parameter), 403, "AccessDenied");
        assertRefused(process(SampleRegistry.FOREIGN, parameter), 403, "AccessDenied");
    }

    @ParameterizedTest
    @CsvSource({"x-oss-process,''", "x-oss-process,x-oss-process=", "x-oss-async-process,x-oss-async-process="})
    void toldItNeedsWhatItSays(String parameter, String beginning) {
        VerifyRequest mine = VerifyRequests.processing(
                process(SampleRegistry.TEAM_PROCESSOR, parameter),
                beginning + saving(SampleRegistry.PRIVATE, "team/b"));
        assertThat(assertAllowed(mine).obligations())
                .containsExactly(new VerifyAnswer.Obligation.DropObjectAcl(SampleRegistry.PRIVATE, "team/b"));
        for (String other :
                new String[] {saving(SampleRegistry.PRIVATE, "other"), saving(SampleRegistry.READABLE, "team/b")}) {
            assertRefused(
                    VerifyRequests.processing(process(SampleRegistry.TEAM_PROCESSOR, parameter), beginning + other),
                    403,
                    "AccessDenied");
        }
    }

    @Test
    void aDenyAppliesWhereItSaves() {
        VerifyRequest request = process(SampleRegistry.BARRED_PROCESSOR, "x-oss-process");
        assertAllowed(VerifyRequests.processing(request, saving(SampleRegistry.PRIVATE, "team/b")));
        assertRefused(
                VerifyRequests.processing(request, saving(SampleRegistry.READABLE, "kept/b")), 403, "AccessDenied");
        // A key with variables is every key that begins like it.
        assertRefused(
                VerifyRequests.processing(request, saving(SampleRegistry.READABLE, "k{index}")), 403, "AccessDenied");
        assertAllowed(VerifyRequests.processing(request, saving(SampleRegistry.READABLE, "m{index}")));
    }

    @Test
    void anAclGivesNothingToSaveWith() {
        registry.objectAcl(SampleRegistry.PRIVATE, "b", Acl.PUBLIC_READ_WRITE);
        VerifyRequest request = process(SampleRegistry.TEAM_PROCESSOR, "x-oss-process");
        assertRefused(VerifyRequests.processing(request, saving(SampleRegistry.PRIVATE, "b")), 403, "AccessDenied");
        assertRefused(VerifyRequests.processing(request, saving(SampleRegistry.WRITABLE, "b")), 403, "AccessDenied");
    }

    @Test
    void requiresATarget() {
        VerifyRequest request = process(SampleRegistry.ROOT, "x-oss-process");
        assertRefused(VerifyRequests.processing(request, saving("no-such-bucket", "b")), 404, "NoSuchBucket");
        assertRefused(VerifyRequests.processing(request, saving(SampleRegistry.OTHERS, "b")), 403, "AccessDenied");
    }

    @Test
    void refusesAnUnclearProcess() {
        VerifyRequest request = process(SampleRegistry.ROOT, "x-oss-process");
        String saved = saving(SampleRegistry.PRIVATE, "team/b");
        for (String text :
                new String[] {"image/info", saved.replace("|", "%7C"), saved + "&x-oss-process=a", saved + " "}) {
            assertRefused(VerifyRequests.processing(request, text), 400, "InvalidArgument");
        }
    }

    @Test
    void acceptsABodyOnlyForAProcessInIt() {
        String saved = saving(SampleRegistry.PRIVATE, "team/b");
        for (ClientRequest asked : new ClientRequest[] {
            ClientRequest.get(SampleRegistry.PRIVATE, "team/a"),
            ClientRequest.of(HttpMethod.POST, SampleRegistry.PRIVATE, "team/a").query("x-oss-process=csv/select"),
            ClientRequest.of(HttpMethod.POST, SampleRegistry.PRIVATE, "team/a").query("uploads"),
            ClientRequest.of(HttpMethod.POST, SampleRegistry.PRIVATE, "team/a").query("x-oss-process=" + saved),
            ClientRequest.of(HttpMethod.POST, SampleRegistry.PRIVATE, "").query("delete")
        }) {
            VerifyRequest request = asked.signed(SignatureVersion.V4, SampleRegistry.ROOT);
            assertAllowed(request);
            assertRefused(VerifyRequests.processing(request, saved), 400, "InvalidArgument");
        }
    }

    @Test
    void obligesForTheObjectItselfAndForManyNames() {
        for (String key : new String[] {"team/a", "team/{index}"}) {
            VerifyRequest request = ClientRequest.get(SampleRegistry.PRIVATE, "team/a")
                    .query("x-oss-process=" + saving(SampleRegistry.PRIVATE, key))
                    .signed(SignatureVersion.V4, SampleRegistry.USER);
            assertThat(assertAllowed(request).obligations())
                    .containsExactly(
                            key.equals("team/a")
                                    ? new VerifyAnswer.Obligation.DropObjectAcl(SampleRegistry.PRIVATE, key)
                                    : new VerifyAnswer.Obligation.DropSavedObjectAcls(SampleRegistry.PRIVATE));
        }
    }

    @Test
    void savingByTheUrlHasTheSameObligation() {
        VerifyRequest request = ClientRequest.get(SampleRegistry.PRIVATE, "team/a")
                .query("x-oss-process=" + saving(SampleRegistry.PRIVATE, "team/b"))
                .signed(SignatureVersion.V4, SampleRegistry.USER);
        assertThat(assertAllowed(request).obligations())
                .containsExactly(new VerifyAnswer.Obligation.DropObjectAcl(SampleRegistry.PRIVATE, "team/b"));
    }
}

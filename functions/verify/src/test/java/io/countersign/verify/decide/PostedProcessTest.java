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
        return Asked.of(HttpMethod.POST, TestRegistry.PRIVATE, "team/a")
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
        VerifyAnswer owner = assertAllowed(process(TestRegistry.ROOT, parameter));
        assertThat(owner.action()).contains("oss:PostProcessTask");
        assertThat(owner.obligations())
                .containsExactly(new VerifyAnswer.Obligation.DropSavedObjectAcls(TestRegistry.PRIVATE));
        // Whoever may write anywhere may process; a right on one bucket, or a Deny anywhere, is not that.
        assertAllowed(process(TestRegistry.PROCESSOR, parameter));
        assertRefused(process(TestRegistry.TEAM_PROCESSOR, parameter), 403, "AccessDenied");
        assertRefused(process(TestRegistry.BARRED_PROCESSOR, parameter), 403, "AccessDenied");
        assertRefused(process(TestRegistry.USER, parameter), 403, "AccessDenied");
        assertRefused(process(TestRegistry.FOREIGN, parameter), 403, "AccessDenied");
    }

    @ParameterizedTest
    @CsvSource({"x-oss-process,''", "x-oss-process,x-oss-process=", "x-oss-async-process,x-oss-async-process="})
    void toldItNeedsWhatItSays(String parameter, String beginning) {
        VerifyRequest mine = Requests.processing(
                process(TestRegistry.TEAM_PROCESSOR, parameter), beginning + saving(TestRegistry.PRIVATE, "team/b"));
        assertThat(assertAllowed(mine).obligations())
                .containsExactly(new VerifyAnswer.Obligation.DropObjectAcl(TestRegistry.PRIVATE, "team/b"));
        for (String other :
                new String[] {saving(TestRegistry.PRIVATE, "other"), saving(TestRegistry.READABLE, "team/b")}) {
            assertRefused(
                    Requests.processing(process(TestRegistry.TEAM_PROCESSOR, parameter), beginning + other),
                    403,
                    "AccessDenied");
        }
    }

    @Test
    void aDenyBitesWhereItSaves() {
        VerifyRequest request = process(TestRegistry.BARRED_PROCESSOR, "x-oss-process");
        assertAllowed(Requests.processing(request, saving(TestRegistry.PRIVATE, "team/b")));
        assertRefused(Requests.processing(request, saving(TestRegistry.READABLE, "kept/b")), 403, "AccessDenied");
        // A key with variables is every key that begins like it.
        assertRefused(Requests.processing(request, saving(TestRegistry.READABLE, "k{index}")), 403, "AccessDenied");
        assertAllowed(Requests.processing(request, saving(TestRegistry.READABLE, "m{index}")));
    }

    @Test
    void anAclGivesNothingToSaveWith() {
        registry.objectAcl(TestRegistry.PRIVATE, "b", Acl.PUBLIC_READ_WRITE);
        VerifyRequest request = process(TestRegistry.TEAM_PROCESSOR, "x-oss-process");
        assertRefused(Requests.processing(request, saving(TestRegistry.PRIVATE, "b")), 403, "AccessDenied");
        assertRefused(Requests.processing(request, saving(TestRegistry.WRITABLE, "b")), 403, "AccessDenied");
    }

    @Test
    void whereItSavesHasToBeThere() {
        VerifyRequest request = process(TestRegistry.ROOT, "x-oss-process");
        assertRefused(Requests.processing(request, saving("no-such-bucket", "b")), 404, "NoSuchBucket");
        assertRefused(Requests.processing(request, saving(TestRegistry.OTHERS, "b")), 403, "AccessDenied");
    }

    @Test
    void whatIsNotPlainIsRefused() {
        VerifyRequest request = process(TestRegistry.ROOT, "x-oss-process");
        String saved = saving(TestRegistry.PRIVATE, "team/b");
        for (String text :
                new String[] {"image/info", saved.replace("|", "%7C"), saved + "&x-oss-process=a", saved + " "}) {
            assertRefused(Requests.processing(request, text), 400, "InvalidArgument");
        }
    }

    @Test
    void itBelongsToAProcessInTheBodyAlone() {
        String saved = saving(TestRegistry.PRIVATE, "team/b");
        for (Asked asked : new Asked[] {
            Asked.get(TestRegistry.PRIVATE, "team/a"),
            Asked.of(HttpMethod.POST, TestRegistry.PRIVATE, "team/a").query("x-oss-process=csv/select"),
            Asked.of(HttpMethod.POST, TestRegistry.PRIVATE, "team/a").query("uploads"),
            Asked.of(HttpMethod.POST, TestRegistry.PRIVATE, "team/a").query("x-oss-process=" + saved),
            Asked.of(HttpMethod.POST, TestRegistry.PRIVATE, "").query("delete")
        }) {
            VerifyRequest request = asked.signed(SignatureVersion.V4, TestRegistry.ROOT);
            assertAllowed(request);
            assertRefused(Requests.processing(request, saved), 400, "InvalidArgument");
        }
    }

    @Test
    void whatIsSavedOverTheObjectItselfOrUnderManyNamesIsOwedToo() {
        for (String key : new String[] {"team/a", "team/{index}"}) {
            VerifyRequest request = Asked.get(TestRegistry.PRIVATE, "team/a")
                    .query("x-oss-process=" + saving(TestRegistry.PRIVATE, key))
                    .signed(SignatureVersion.V4, TestRegistry.USER);
            assertThat(assertAllowed(request).obligations())
                    .containsExactly(
                            key.equals("team/a")
                                    ? new VerifyAnswer.Obligation.DropObjectAcl(TestRegistry.PRIVATE, key)
                                    : new VerifyAnswer.Obligation.DropSavedObjectAcls(TestRegistry.PRIVATE));
        }
    }

    @Test
    void savingByTheUrlOwesTheSame() {
        VerifyRequest request = Asked.get(TestRegistry.PRIVATE, "team/a")
                .query("x-oss-process=" + saving(TestRegistry.PRIVATE, "team/b"))
                .signed(SignatureVersion.V4, TestRegistry.USER);
        assertThat(assertAllowed(request).obligations())
                .containsExactly(new VerifyAnswer.Obligation.DropObjectAcl(TestRegistry.PRIVATE, "team/b"));
    }
}

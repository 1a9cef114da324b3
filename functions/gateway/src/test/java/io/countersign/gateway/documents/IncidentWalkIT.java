package io.countersign.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.storage.SessionUrl;
import io.countersign.json.Members;
import io.countersign.json.Values;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/incidents.md: each walk on a server of its own. */
class IncidentWalkIT extends WalkContract {
    private static final String LEAKED_KEY = "A leaked access key";
    private static final String PERSONS_KEY = "A person's leaked key";
    private static final String LOST_PHONE = "A lost phone";
    private static final String TOKEN_KEYS = "Leaked token keys";
    private static final String PRIVATE_TOKEN = "A leaked private token";
    private static final String LOST_ROOT_KEY = "A lost root key";
    private static final String LOST_STORE = "A lost store";
    private static final String LEAKED_ROOT_KEY = "A leaked root key";
    private static final String MADE = "access keys: 2";
    private static final String PRESIGN =
            "./countersign presign --bucket examplebucket --key users/alice/photo.jpg --data data";
    private static final String TOKEN = "./countersign private-token %s --faces /verify,/acl --out %s | tail -n 1 > %s";

    IncidentWalkIT() {
        super(
                "docs/incidents.md",
                LEAKED_KEY,
                PERSONS_KEY,
                LOST_PHONE,
                TOKEN_KEYS,
                PRIVATE_TOKEN,
                LOST_ROOT_KEY,
                LOST_STORE,
                LEAKED_ROOT_KEY);
    }

    @BeforeEach
    void apply() throws Exception {
        run(APPLY);
    }

    @Test
    void aLeakedKeyIsRefusedWithinTheCachesTimeAndOthersGoOn() throws Exception {
        run(SERVE);
        run("KEY=" + idOf("app-signer"));
        run("LEAKED=$(" + PRESIGN + " | head -n 1)");
        run("OTHER=$(" + PRESIGN.replace("users/alice/photo.jpg", "shared/a.txt") + " --signer reader | head -n 1)");
        walk(LEAKED_KEY);
        assertThat(run("./countersign presign --bucket examplebucket --key a --data data"))
                .doesNotContain(run("echo $KEY"));
    }

    @Test
    void aPersonGetsAnotherKeyForTheLeakedOne() throws Exception {
        String leaked = idOf("reader");
        run("KEY=" + leaked);
        walk(PERSONS_KEY);
        assertThat(idOf("reader")).isNotEqualTo(leaked);
        assertThat(run(APPLY)).contains(" 0 created, 0 updated");
        assertThat(run("./countersign keys --data data")).contains(leaked + "  user/1234567890123456/reader  Inactive");
    }

    @Test
    void everySessionIsRefusedOnceTheTokenKeysAreReplaced() throws Exception {
        appHasASession();
        walk(TOKEN_KEYS);
    }

    @Test
    void theLoginAndTheSessionsOfALostPhoneAreRefused() throws Exception {
        appHasASession();
        run("SUBJECT=alice");
        walk(LOST_PHONE);
    }

    private void appHasASession() throws Exception {
        run(SERVE);
        run("APP_TOKEN=" + AppToken.make());
        String session = run("curl -s http://127.0.0.1:8080/token -H \"Authorization: Bearer $APP_TOKEN\"");
        run("SESSION_URL='" + SessionUrl.of(Members.of(Values.parse(session)), "examplebucket", "users/alice/photo.jpg")
                + "'");
        assertThat(
                        run(
                                "curl -s http://127.0.0.1:8080/verify -H 'Content-Type: application/json' -d '{\"method\":\"GET\",\"url\":\"'\"$SESSION_URL\"'\"}'"))
                .contains("\"allowed\":true");
    }

    @Test
    void aLeakedTokenIsReplacedAndThoseOfOtherProgramsStay() throws Exception {
        run("umask 077");
        run(TOKEN.formatted("storage", "storage.token", "tokens"));
        run(TOKEN.formatted("proxy", "proxy.token", "proxy.line") + "; cat proxy.line >> tokens");
        run(SERVE.replace("./countersign", "./countersign -Dcountersign.private.tokens=tokens"));
        walk(PRIVATE_TOKEN);
        assertThat(Files.readAllLines(directory.resolve("tokens")))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("proxy "));
    }

    @Test
    void withoutTheRootKeyANewRegistryIsMadeFromTheManifest() throws Exception {
        run("URL=$(" + PRESIGN + " | head -n 1)");
        run(SERVE);
        run("rm data/root.key");
        walk(LOST_ROOT_KEY);
        assertThat(run("./countersign keys --data data")).contains(MADE);
        assertThat(directory.resolve("lost/root.key")).doesNotExist();
    }

    @Test
    void withoutTheStoreItIsMadeAnewUnderTheSameRootKey() throws Exception {
        String lost = idOf("reader");
        run(SERVE);
        byte[] rootKey = Files.readAllBytes(directory.resolve("data/root.key"));
        run("rm data/registry.db*");
        walk(LOST_STORE);
        assertThat(Files.readAllBytes(directory.resolve("data/root.key"))).isEqualTo(rootKey);
        assertThat(idOf("reader")).isNotEqualTo(lost);
    }

    @Test
    void aLeakedRootKeyIsReplacedWhileAServerRuns() throws Exception {
        run("URL=$(" + PRESIGN + " | head -n 1)");
        run(SERVE);
        walk(LEAKED_ROOT_KEY);
        assertThat(directory.resolve("data/root.key.2")).exists();
        assertThat(run("./countersign explain \"$URL\" --data data")).startsWith("verdict: allowed");
        assertThat(run("curl -s http://127.0.0.1:8080/health")).isEqualTo("{\"status\":\"UP\"}");
    }

    private String idOf(String user) throws Exception {
        return run("./countersign keys --data data | awk '/" + user + "  Active/ {print $1}'");
    }
}

package io.countersign.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.CacheSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of a role with {@code authority: sts}, which a gateway keeps, after a revocation. Another gateway is in the place of Alibaba Cloud's STS. */
class RevokedUpstreamSessionTest {
    private static final String STS = """
            accounts:
              - id: "1234567890123456"
                users:
                  - name: app
                    accessKeys: [{id: LTAI5tExampleKey, secret: ExampleSecret}]
                    policies: [{Version: "1", Statement: [{Effect: Allow, Action: sts:AssumeRole, Resource: "*"}]}]
                roles:
                  - name: mobile
                    trust: {Version: "1", Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {RAM: ["acs:ram::1234567890123456:root"]}}]}
                    policies: [{Version: "1", Statement: [{Effect: Allow, Action: "oss:*", Resource: "*"}]}]
            """;
    private static final String ALICE = "{\"provider\":\"login\",\"subject\":\"alice\"}";

    private final ProcessSettings settings = new ProcessSettings();

    @TempDir
    private Path directory;

    private LiveGateway sts;
    private PhotoApp app;

    @BeforeEach
    void serve() throws Exception {
        sts = new LiveGateway(
                Files.writeString(directory.resolve("sts.yaml"), STS),
                directory.resolve("sts"),
                InstantSource.system());
        settings.set("countersign.token.sts-endpoint", sts.url());
        app = PhotoApp.in(Files.createDirectory(directory.resolve("app")))
                .role("authority: sts\n        signer: app")
                .serve();
    }

    @AfterEach
    void close() {
        app.close();
        settings.close();
        sts.close();
    }

    /** The id of the session's key, which STS draws anew for each. */
    private String session(String token) throws Exception {
        return Members.of(Values.parse(app.post("/token", token, "{}")
                        .body("StatusCode", equalTo(200))
                        .extract()
                        .asString()))
                .string("AccessKeyId");
    }

    private void revoke(String body) {
        app.post("/sessions/revoke", body).statusCode(200);
        app.clock.set(CacheSettings.Bounds.DEFAULT.known());
    }

    @Test
    void aRevokedUserGetsANewOneAfterTheNextLoginAndNobodyElseDoes() throws Exception {
        String alice = app.login("alice");
        String bob = app.login("bob");
        String first = session(alice);
        String bobs = session(bob);
        assertThat(first).startsWith("STS.").isEqualTo(session(alice)).isNotEqualTo(bobs);
        revoke(ALICE);
        app.post("/token", alice, "{}").body("ErrorCode", equalTo("TokenRevoked"));
        String again = app.login("alice");
        assertThat(session(again)).isNotEqualTo(first).isEqualTo(session(again));
        assertThat(session(bob)).isEqualTo(bobs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"role\":\"acs:ram::1234567890123456:role/mobile\"}",
                "{\"provider\":\"login\"}",
                "{\"accessKey\":\"LTAI5tExampleKey\"}"
            })
    void whatIsRevokedForAllIsNewForAll(String whose) throws Exception {
        String first = session(app.login("alice"));
        String bobs = session(app.login("bob"));
        revoke(whose);
        assertThat(session(app.login("alice"))).isNotEqualTo(first);
        assertThat(session(app.login("bob"))).isNotEqualTo(bobs);
    }
}

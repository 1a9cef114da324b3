package io.countersign.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.alibaba.kms.AlibabaKey;
import io.countersign.identity.TrustedProxies;
import io.countersign.presign.PostPolicySettings;
import io.countersign.presign.PresignSettings;
import io.countersign.registry.CacheSettings;
import io.countersign.registry.dynamodb.TableLocation;
import io.countersign.registry.kms.KeyLocation;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import io.countersign.signcontent.SignContentSettings;
import io.countersign.token.upstream.UpstreamSessions;
import io.countersign.verify.VerifySettings;
import io.countersign.verify.forwardauth.AuthSettings;
import io.countersign.verify.forwardauth.HeaderFamily;
import io.countersign.verify.forwardauth.VpcRule;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @Test
    void theseAreAllTheProperties() {
        assertThat(Settings.ALL.stream().map(Setting::name))
                .containsExactlyInAnyOrder(
                        "countersign.base-domains",
                        "countersign.cache.ttl",
                        "countersign.cache.entries",
                        "countersign.upstream.allow-http",
                        "countersign.upstream.allow-private",
                        "countersign.upstream.connect-timeout",
                        "countersign.upstream.idle-timeout",
                        "countersign.upstream.answer-timeout",
                        "countersign.upstream.max-connections",
                        "countersign.upstream.max-form-bytes",
                        "countersign.upstream.spool-bytes",
                        "countersign.callbacks.url",
                        "countersign.token.sts-endpoint",
                        "countersign.postgresql.url",
                        "countersign.postgresql.user",
                        "countersign.postgresql.password-file",
                        "countersign.store",
                        "countersign.aws.region",
                        "countersign.aws.api-call-timeout",
                        "countersign.dynamodb.table",
                        "countersign.dynamodb.endpoint",
                        "countersign.dynamodb.create-table",
                        "countersign.kms.key-id",
                        "countersign.kms.endpoint",
                        "countersign.kms.alibaba.key-id",
                        "countersign.kms.alibaba.endpoint",
                        "countersign.presign.max-expires-in",
                        "countersign.presign.default-expires-in",
                        "countersign.presign.callback",
                        "countersign.presign.symlink",
                        "countersign.presign.processes",
                        "countersign.post-policy.max-expires-in",
                        "countersign.sign-content.max-expires-in",
                        "countersign.verify.allow-at",
                        "countersign.auth.headers",
                        "countersign.auth.keys",
                        "countersign.auth.trusted-proxies",
                        "countersign.auth.source-vpc",
                        "countersign.cors.allowed-origins",
                        "countersign.rotation.poll-interval",
                        "countersign.rotation.token-key-every",
                        "countersign.rotation.ram-endpoint",
                        "countersign.events.webhook",
                        "countersign.events.bus",
                        "countersign.events.endpoint",
                        "countersign.trusted-proxies",
                        "countersign.private.host",
                        "countersign.private.hosts",
                        "countersign.private.tokens",
                        "countersign.http.body-timeout",
                        "countersign.http.idle-timeout",
                        "countersign.http.max-connections",
                        "countersign.http.max-connections-per-address",
                        "countersign.http.workers",
                        "countersign.http.queue",
                        "countersign.drain",
                        "countersign.decisions.log",
                        "countersign.decisions.file",
                        "countersign.decisions.file-bytes",
                        "countersign.decisions.kept-files",
                        "countersign.otel.endpoint");
    }

    @Test
    void usesTheFunctionsDefaults() throws PropertyValues.InvalidSettingException {
        Settings settings = settings(Map.of());
        assertThat(settings.stsEndpoint()).isEqualTo(UpstreamSessions.StsEndpoint.DEFAULT);
        assertThat(settings.presign()).isEqualTo(PresignSettings.DEFAULT);
        assertThat(settings.postPolicy()).isEqualTo(PostPolicySettings.DEFAULT);
        assertThat(settings.signContent()).isEqualTo(SignContentSettings.DEFAULT);
        assertThat(settings.cache().bounds()).isEqualTo(CacheSettings.Bounds.DEFAULT);
        assertThat(settings.data()).isEqualTo(DataSettings.EMBEDDED);
        assertThat(settings.auth().family()).isEqualTo(AuthSettings.DEFAULT.family());
        assertThat(settings.auth().keys()).isEqualTo(AuthSettings.DEFAULT.keys());
        assertThat(settings.auth().trustedProxies()).isEqualTo(AuthSettings.DEFAULT.trustedProxies());
        assertThat(settings.corsOrigins()).isEmpty();
        assertThat(settings.privateHost()).isEqualTo("127.0.0.1");
        assertThat(settings.privateHosts()).isEmpty();
        assertThat(settings.privateTokens()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"https://hooks.example/a?b=c", "http://127.0.0.1:9000/", "http://localhost/x", "http://[::1]:1/"})
    void aWebhookIsCalledOverTlsOrOnThisMachine(String url) throws PropertyValues.InvalidSettingException {
        assertThat(settings(Map.of("countersign.events.webhook", url))
                        .rotation()
                        .webhook())
                .hasToString("Optional[" + url + "]");
    }

    @ParameterizedTest
    @CsvSource({
        "http://hooks.example/",
        "https://user:word@hooks.example/",
        "ftp://hooks.example/",
        "https:///x",
        "hooks",
        "'https://a b/'",
        "'https://a/,https://b/'"
    })
    void anyOtherWebhookIsRefused(String url) {
        assertThatThrownBy(() -> settings(Map.of("countersign.events.webhook", url)))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessageContaining("countersign.events.webhook");
    }

    @Test
    void theDiskOfSpooledBodiesHoldsTheLargest() throws PropertyValues.InvalidSettingException {
        assertThat(settings(Map.of()).upstream().spoolBytes()).isEqualTo(1L << 30);
        assertThat(settings(Map.of("countersign.upstream.spool-bytes", "1099511627776"))
                        .upstream()
                        .spoolBytes())
                .isEqualTo(1L << 40);
        for (String bytes : List.of("104857599", "1099511627777", "0", "-1", "1e9", "")) {
            assertThatThrownBy(() -> settings(Map.of("countersign.upstream.spool-bytes", bytes)))
                    .isInstanceOf(PropertyValues.InvalidSettingException.class)
                    .hasMessageContaining("countersign.upstream.spool-bytes");
        }
        assertThatThrownBy(() -> settings(Map.of("countersign.upstream.max-form-bytes", "1073741825")))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessageContaining("countersign.upstream.spool-bytes");
    }

    @Test
    void acceptsAnEvaluationTimeOnlyOnLoopback() throws PropertyValues.InvalidSettingException {
        VerifySettings.Properties verify = settings(Map.of()).verify();
        assertThat(verify.listening(true).allowAt()).isTrue();
        assertThat(verify.listening(false).allowAt()).isEqualTo(VerifySettings.DEFAULT.allowAt());
        assertThat(verify.listening(false).allowAt()).isFalse();
    }

    @Test
    void aMomentToJudgeAtCanBeSetEitherWay() throws PropertyValues.InvalidSettingException {
        assertThat(settings(Map.of("countersign.verify.allow-at", "false"))
                        .verify()
                        .listening(true)
                        .allowAt())
                .isFalse();
        assertThat(settings(Map.of("countersign.verify.allow-at", "true"))
                        .verify()
                        .listening(false)
                        .allowAt())
                .isTrue();
    }

    @Test
    void originsAreListedAsBrowsersSendThem() throws PropertyValues.InvalidSettingException {
        assertThat(settings(
                                Map.of(
                                        "countersign.cors.allowed-origins",
                                        "https://app.example.com, http://localhost:3000,capacitor://localhost,http://[::1]:8080"))
                        .corsOrigins())
                .containsExactlyInAnyOrder(
                        "https://app.example.com",
                        "http://localhost:3000",
                        "capacitor://localhost",
                        "http://[::1]:8080");
        String many = "http://a:1" + ",http://a:2".repeat(64);
        assertThatThrownBy(() -> settings(Map.of("countersign.cors.allowed-origins", many)))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessageContaining("64");
    }

    @Test
    void theProxyOfAuthCanBeSet() throws PropertyValues.InvalidSettingException {
        Settings settings = settings(Map.of(
                "countersign.auth.headers", "forwarded",
                "countersign.auth.keys", "object",
                "countersign.auth.trusted-proxies", "10.0.0.0/8, ::1",
                "countersign.auth.source-vpc", "header",
                "countersign.base-domains", "storage.example"));
        assertThat(settings.auth())
                .isEqualTo(new AuthSettings(
                        HeaderFamily.FORWARDED,
                        AuthSettings.KeyRule.OBJECT,
                        TrustedProxies.of(List.of("10.0.0.0/8", "::1")),
                        VpcRule.FROM_HEADER,
                        settings.verify().bases()));
    }

    @Test
    void proxiesOfEveryFaceAreThoseOfAuthToo() throws PropertyValues.InvalidSettingException {
        Settings settings = settings(Map.of(
                "countersign.trusted-proxies", "10.0.0.0/8",
                "countersign.auth.trusted-proxies", "::1"));
        assertThat(settings.http().trustedProxies()).isEqualTo(TrustedProxies.of(List.of("10.0.0.0/8")));
        assertThat(settings.auth().trustedProxies()).isEqualTo(TrustedProxies.of(List.of("10.0.0.0/8", "::1")));
        assertThat(settings.http().connections().proxies())
                .isEqualTo(settings.auth().trustedProxies());
    }

    @Test
    void acceptsFileObjectOrUriAsKeyRule() throws PropertyValues.InvalidSettingException {
        assertThat(settings(Map.of()).auth().keys()).isEqualTo(AuthSettings.KeyRule.FILE);
        assertThat(settings(Map.of("countersign.auth.keys", "uri")).auth().keys())
                .isEqualTo(AuthSettings.KeyRule.URI);
        assertThatThrownBy(() -> settings(Map.of("countersign.auth.keys", "URI")))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessageContaining("expected file, object or uri");
    }

    @Test
    void everythingCanBeSet() throws PropertyValues.InvalidSettingException {
        Settings settings = settings(Map.of(
                "countersign.cache.ttl",
                "PT0.5S",
                "countersign.cache.entries",
                "7",
                "countersign.token.sts-endpoint",
                "http://127.0.0.1:9000",
                "countersign.presign.max-expires-in",
                "PT10M",
                "countersign.presign.callback",
                "true",
                "countersign.presign.symlink",
                "true",
                "countersign.presign.processes",
                "image/resize, style/*",
                "countersign.sign-content.max-expires-in",
                "PT30M",
                "countersign.private.host",
                "::1",
                "countersign.private.hosts",
                "gateway, host.docker.internal"));
        assertThat(settings.privateHosts()).containsExactlyInAnyOrder("gateway", "host.docker.internal");
        assertThat(settings.cache().bounds())
                .isEqualTo(new CacheSettings.Bounds(Duration.ofMillis(500), Duration.ofMillis(500), 7));
        assertThat(settings.stsEndpoint().uri()).hasToString("http://127.0.0.1:9000/");
        assertThat(settings.presign().maxExpiry()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.presign().defaultExpiry()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.presign().signing().callback()).isTrue();
        assertThat(settings.presign().signing().symlink()).isTrue();
        assertThat(settings.presign().signing().processes()).containsExactlyInAnyOrder("image/resize", "style/*");
        assertThat(settings.signContent())
                .isEqualTo(new SignContentSettings(
                        Duration.ofMinutes(30), settings.presign().signing()));
        assertThat(settings.privateHost()).isEqualTo("::1");
    }

    @Test
    void theRegistryMayStandInATableAndItsRootKeyInKms() throws PropertyValues.InvalidSettingException {
        assertThat(settings(Map.of(
                                "countersign.store", "dynamodb",
                                "countersign.aws.region", "eu-central-1",
                                "countersign.aws.api-call-timeout", "PT2S",
                                "countersign.dynamodb.table", "keys",
                                "countersign.dynamodb.endpoint", "http://127.0.0.1:8000",
                                "countersign.dynamodb.create-table", "true",
                                "countersign.kms.key-id", "alias/registry",
                                "countersign.kms.endpoint", "https://kms.internal.example"))
                        .data())
                .isEqualTo(new DataSettings(
                        new DataSettings.Store.Dynamo(new TableLocation(
                                "eu-central-1",
                                Optional.of(URI.create("http://127.0.0.1:8000")),
                                new TableLocation.Table("keys", Duration.ofSeconds(2)),
                                true)),
                        new DataSettings.RootKey.InKms(new KeyLocation(
                                "eu-central-1",
                                Optional.of(URI.create("https://kms.internal.example")),
                                new KeyLocation.Key("alias/registry", Duration.ofSeconds(2))))));
    }

    @Test
    void theRootKeyMayBeInAlibabaCloudsKmsOnEachStore() throws PropertyValues.InvalidSettingException {
        for (String store : List.of("sqlite", "dynamodb")) {
            assertThat(settings(Map.of(
                                    "countersign.store", store,
                                    "countersign.aws.region", "eu-central-1",
                                    "countersign.aws.api-call-timeout", "PT2S",
                                    "countersign.kms.alibaba.key-id", "key-hzz62f1cb66fa42qo",
                                    "countersign.kms.alibaba.endpoint", "https://kms.cn-hangzhou.aliyuncs.com"))
                            .data()
                            .rootKey())
                    .isEqualTo(new DataSettings.RootKey.InAlibabaKms(new AlibabaKey(
                            "key-hzz62f1cb66fa42qo",
                            URI.create("https://kms.cn-hangzhou.aliyuncs.com/"),
                            Duration.ofSeconds(2))));
        }
    }

    @Test
    void refusesTwoKeysForTheRootKey() {
        assertThatThrownBy(() -> settings(Map.of(
                        "countersign.aws.region", "eu-central-1",
                        "countersign.kms.key-id", "alias/registry",
                        "countersign.kms.alibaba.key-id", "key-hzz62f1cb66fa42qo",
                        "countersign.kms.alibaba.endpoint", "https://kms.cn-hangzhou.aliyuncs.com")))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessageStartingWith("countersign.kms.alibaba.key-id: ")
                .hasMessageContaining("countersign.kms.key-id")
                .hasMessageContaining("unset one");
    }

    @ParameterizedTest
    @CsvSource({
        "countersign.kms.alibaba.key-id, a key",
        "countersign.kms.alibaba.key-id, alias/registry",
        "countersign.kms.alibaba.key-id, 'acs:kms:cn-hangzhou:1:key/key-hzz'",
        "countersign.kms.alibaba.endpoint, ''",
        "countersign.kms.alibaba.endpoint, http://kms.cn-hangzhou.aliyuncs.com",
        "countersign.kms.alibaba.endpoint, https://kms.cn-hangzhou.aliyuncs.com/x",
        "countersign.kms.alibaba.endpoint, kms.cn-hangzhou.aliyuncs.com",
        "countersign.kms.alibaba.endpoint, 'https://a b'"
    })
    void refusesABadValueForAlibabaCloudsKmsByItsName(String name, String value) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "countersign.kms.alibaba.key-id", "key-hzz62f1cb66fa42qo",
                "countersign.kms.alibaba.endpoint", "http://127.0.0.1:8000"));
        properties.put(name, value);
        assertThatThrownBy(() -> settings(properties))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessageStartingWith(name + ": ");
    }

    @ParameterizedTest
    @CsvSource({
        "countersign.aws.region, ''",
        "countersign.aws.region, EU",
        "countersign.aws.api-call-timeout, PT2M",
        "countersign.aws.api-call-timeout, PT0.01S",
        "countersign.dynamodb.table, a",
        "countersign.dynamodb.endpoint, http://dynamodb.example",
        "countersign.dynamodb.endpoint, ftp://127.0.0.1",
        "countersign.dynamodb.endpoint, '127.0.0.1:8000'",
        "countersign.dynamodb.create-table, 1",
        "countersign.kms.key-id, a key",
        "countersign.kms.endpoint, http://169.254.169.254"
    })
    void aBadValueOfWhatIsInUseIsRefusedByItsName(String name, String value) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "countersign.store", "dynamodb",
                "countersign.aws.region", "eu-central-1",
                "countersign.kms.key-id", "alias/registry"));
        properties.put(name, value);
        assertThatThrownBy(() -> settings(properties))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessageStartingWith(name + ": ");
    }

    /** It may be a secret that was set in the wrong place, or be of any length. */
    @Test
    void noRefusalRepeatsTheValue() {
        List<String> refused = new ArrayList<>();
        for (Setting setting : Settings.ALL) {
            try {
                settings(Map.of(setting.name(), "https://misplaced secret?"));
            } catch (PropertyValues.InvalidSettingException e) {
                refused.add(setting.name());
                assertThat(e).hasMessageNotContaining("misplaced");
            }
        }
        assertThat(refused).hasSizeGreaterThan(Settings.ALL.size() / 2).contains("countersign.base-domains");
    }

    @ParameterizedTest
    @CsvSource({
        "countersign.store, mysql",
        "countersign.base-domains, a..b",
        "countersign.base-domains, 'a.example,'",
        "countersign.base-domains, x.*.example",
        "countersign.cache.ttl, PT6M",
        "countersign.cache.ttl, five",
        "countersign.cache.entries, 0",
        "countersign.token.sts-endpoint, http://sts.aliyuncs.com",
        "countersign.token.sts-endpoint, 'https://a b'",
        "countersign.token.sts-endpoint, ''",
        "countersign.rotation.ram-endpoint, http://ram.aliyuncs.com",
        "countersign.rotation.ram-endpoint, https://ram.aliyuncs.com/x",
        "countersign.rotation.ram-endpoint, ''",
        "countersign.presign.max-expires-in, P8D",
        "countersign.presign.max-expires-in, PT0.5S",
        "countersign.presign.max-expires-in, PT1.5S",
        "countersign.presign.default-expires-in, PT0S",
        "countersign.post-policy.max-expires-in, PT169H",
        "countersign.post-policy.max-expires-in, PT0S",
        "countersign.callbacks.url, http://app.example.com/callbacks/oss",
        "countersign.callbacks.url, https://app.example.com/",
        "countersign.presign.callback, yes",
        "countersign.presign.processes, sys/saveas",
        "countersign.sign-content.max-expires-in, P8D",
        "countersign.sign-content.max-expires-in, PT0S",
        "countersign.sign-content.max-expires-in, PT1.5S",
        "countersign.verify.allow-at, 1",
        "countersign.auth.headers, traefik",
        "countersign.auth.keys, ''",
        "countersign.auth.trusted-proxies, proxy.example",
        "countersign.auth.source-vpc, true",
        "countersign.auth.trusted-proxies, 10.0.0.1/8",
        "countersign.cors.allowed-origins, *",
        "countersign.cors.allowed-origins, null",
        "countersign.cors.allowed-origins, app.example.com",
        "countersign.cors.allowed-origins, https://app.example.com/",
        "countersign.cors.allowed-origins, https://App.example.com",
        "countersign.cors.allowed-origins, https://*.example.com",
        "countersign.cors.allowed-origins, https://app.example.com:443",
        "countersign.cors.allowed-origins, http://app.example.com:80",
        "countersign.cors.allowed-origins, 'https://a.example,,https://b.example'",
        "countersign.private.host, ''",
        "countersign.private.hosts, Docker.internal",
        "countersign.private.hosts, a.example:8080",
        "countersign.private.hosts, http://a.example",
        "countersign.private.hosts, *",
        "countersign.private.tokens, /nowhere/tokens",
        "countersign.trusted-proxies, 10.0.0.1/8",
        "countersign.trusted-proxies, proxy.example",
        "countersign.private.hosts, 'a.example,,b.example'"
    })
    void aBadValueIsRefusedByItsName(String name, String value) {
        assertThatThrownBy(() -> settings(Map.of(name, value)))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessageStartingWith(name + ": ");
    }

    @ParameterizedTest
    @CsvSource({
        "countersign.aws.api-call-timeout, countersign.aws.budget",
        "countersign.rotation.poll-interval, countersign.rotation.look-every"
    })
    void theFormerNameStillWorks(String name, String formerName) throws PropertyValues.InvalidSettingException {
        Settings former = settings(Map.of(formerName, "PT7S"));
        assertThat(List.of(former.http().budget(), former.rotation().pollInterval()))
                .contains(Duration.ofSeconds(7));
        Settings current = settings(Map.of(name, "PT7S"));
        assertThat(former.http()).isEqualTo(current.http());
        assertThat(former.rotation()).isEqualTo(current.rotation());
        assertThatThrownBy(() -> settings(Map.of(name, "PT7S", formerName, "PT7S")))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessageStartingWith(name + ": ")
                .hasMessageContaining(formerName + ";");
    }

    /** Names whose letters are the same would share an environment variable. */
    @Test
    void noNameIsDeclaredTwice() {
        assertThat(Settings.ALL.stream()
                        .flatMap(setting -> Stream.concat(Stream.of(setting.name()), setting.formerNames().stream()))
                        .map(name -> Setting.of(name, "", "").variable()))
                .doesNotHaveDuplicates();
    }

    @Test
    void noOtherNameIsAFormerOne() {
        assertThat(Settings.ALL.stream().flatMap(setting -> setting.formerNames().stream()))
                .containsExactlyInAnyOrder("countersign.aws.budget", "countersign.rotation.look-every");
    }

    private static Settings settings(Map<String, String> properties) throws PropertyValues.InvalidSettingException {
        return Settings.from(PropertyValues.of(properties, Map.of()));
    }
}

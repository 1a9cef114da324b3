package io.countersign.registry.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.settings.PropertyValues;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerUrlTest {
    private static final Duration BUDGET = Duration.ofSeconds(3);

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "127.0.0.1", "127.1.2.3:6543", "[::1]", "[::1]:5432", "localhost:1,127.0.0.1:2"})
    void needsNoEncryptionOnLoopback(String hosts) {
        assertThat(ServerUrl.of("jdbc:postgresql://" + hosts + "/db").encrypted())
                .isFalse();
        assertThat(ServerUrl.of("jdbc:postgresql://" + hosts + "/db?sslmode=verify-full")
                        .encrypted())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db.example.com",
                "10.0.0.1",
                "[fe80::1]:5432",
                "localhost,db.example.com",
                "127.0.0.1.example.com",
                "localhost.example.com:5432"
            })
    void verifiesTheServerElsewhere(String hosts) {
        ServerUrl url = ServerUrl.of("jdbc:postgresql://" + hosts + "/db");
        assertThat(url.encrypted()).isTrue();
        assertThat(Pool.properties(location(url), Pool.Use.ALL))
                .containsEntry("sslmode", "verify-full")
                .containsEntry("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
    }

    @Test
    void usesTheAuthoritiesThatAreNamed() {
        ServerUrl url = ServerUrl.of("jdbc:postgresql://a:1,b:2/db?sslmode=verify-full&sslrootcert=/etc/ssl/rds.pem");
        assertThat(url.hosts()).isEqualTo(List.of("a:1", "b:2"));
        assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://a:1,b:2/db");
        assertThat(Pool.properties(location(url), Pool.Use.ALL))
                .containsEntry("sslrootcert", "/etc/ssl/rds.pem")
                .doesNotContainKey("sslfactory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "allow", "prefer", "require", "verify-ca", "VERIFY-FULL"})
    void refusesLessThanAVerifiedServerBeyondLoopback(String mode) {
        refused("jdbc:postgresql://db.example.com/db?sslmode=" + mode, "verify-full");
    }

    @ParameterizedTest
    @ValueSource(strings = {"allow", "prefer", "require", "verify-ca"})
    void refusesHalfAnEncryptionOnLoopback(String mode) {
        refused("jdbc:postgresql://localhost/db?sslmode=" + mode, "verify-full");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user=me",
                "password=SecretOfTheTest",
                "sslmode=verify-full&password=SecretOfTheTest",
                "sslfactory=org.example.Trusting",
                "socketFactory=org.example.Any",
                "socketFactoryArg=x",
                "options=-csearch_path",
                "loggerFile=/tmp/x",
                "sslpasswordcallback=org.example.Any",
                "targetServerType=any",
                "",
                "&",
                "sslmode",
                "sslmode=verify-full&sslmode=verify-full",
                "SSLMODE=verify-full",
                "ssl%6Dode=verify-full",
                "sslrootcert=a b",
                "sslmode=verify-full#x"
            })
    void refusesEveryOtherProperty(String query) {
        refused("jdbc:postgresql://db.example.com/db?" + query, "expected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql:db",
                "jdbc:postgresql:///db",
                "jdbc:postgresql://host",
                "jdbc:postgresql://host/",
                "jdbc:postgresql://host/a/b",
                "jdbc:postgresql://me:SecretOfTheTest@host/db",
                "jdbc:postgresql://host:port/db",
                "jdbc:postgresql://host/d%62",
                "jdbc:postgresql://ho st/db",
                "jdbc:postgresql://host,/db",
                "postgresql://host/db",
                "jdbc:mysql://host/db",
                "JDBC:postgresql://host/db",
                "jdbc:postgresql://host/db\nx"
            })
    void refusesAnotherForm(String url) {
        refused(url, "expected jdbc:postgresql://");
    }

    @ParameterizedTest
    @CsvSource({
        "countersign.postgresql.url, jdbc:postgresql://h/db?password=SecretOfTheTest, countersign.postgresql.url",
        "countersign.postgresql.user, a b, countersign.postgresql.user",
        "countersign.postgresql.url, jdbc:postgresql://db.example.com/db, countersign.postgresql.password-file",
    })
    void namesTheSettingAndNotItsValue(String setting, String value, String named) {
        Map<String, String> settings =
                new HashMap<>(Map.of("countersign.postgresql.url", "jdbc:postgresql://localhost/db"));
        settings.put(setting, value);
        assertThatThrownBy(() -> PostgresLocation.from(PropertyValues.of(settings, Map.of()), BUDGET))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessageStartingWith(named)
                .hasMessageNotContaining("SecretOfTheTest");
    }

    @Test
    void aLocationHasNoSecretInItsText() {
        assertThat(location(ServerUrl.of("jdbc:postgresql://db.example.com/db")).name())
                .isEqualTo("the database db at db.example.com");
    }

    private static PostgresLocation location(ServerUrl url) {
        return new PostgresLocation(url, "me", Optional.of(java.nio.file.Path.of("password")), BUDGET);
    }

    private static void refused(String url, String part) {
        assertThatThrownBy(() -> ServerUrl.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(part)
                .hasMessageNotContaining("SecretOfTheTest");
    }
}

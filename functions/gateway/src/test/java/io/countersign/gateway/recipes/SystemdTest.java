package io.countersign.gateway.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.cli.Commands;
import io.countersign.gateway.cli.Invocation;
import io.countersign.gateway.config.HttpSettings;
import io.countersign.settings.PropertyValues;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The unit of {@code infra/systemd}, and what the pages say of its places. */
class SystemdTest {
    private final String unit = RecipeFiles.text("systemd/countersign.service");
    private final String operations = RecipeFiles.text("../docs/operations.md");
    private final String upgrade = RecipeFiles.text("../docs/upgrade.md");

    @Test
    void itsCommandIsTheGateways() {
        Invocation.Serve serve = serve();
        assertThat(serve.host()).isEqualTo("127.0.0.1");
        assertThat(serve.data()).hasToString("/var/lib/" + value("StateDirectory"));
        assertThat(value("StateDirectoryMode")).isEqualTo("0700");
    }

    @Test
    void theSocketOfThePagesIsInADirectoryThatOnlyTheServiceWritesAndItsGroupEnters() {
        // Everything else is read-only for it.
        assertThat(value("ProtectSystem")).isEqualTo("strict");
        String runtime = "/run/" + value("RuntimeDirectory");
        assertThat(operations).contains("serve --listen unix:" + runtime + "/socket");
        assertThat(RecipeFiles.text("nginx/countersign.conf")).contains("server unix:" + runtime + "/socket;");
        assertThat(value("RuntimeDirectoryMode")).isEqualTo("0750");
        assertThat(operations).contains("`usermod -aG " + value("Group") + " www-data`");
    }

    @Test
    void aCommandFindsTheMarkOfTheServerThoughItHasTemporaryFilesOfItsOwn() {
        assertThat(value("PrivateTmp")).isEqualTo("yes");
        assertThat(operations).contains("The server's mark is in `/run/" + value("RuntimeDirectory") + "`");
        assertThat(upgrade).contains("`runuser -u " + value("User") + " -- ");
    }

    @Test
    void thePageNamesEachPlaceThatItWrites() {
        assertThat(upgrade)
                .contains("The service writes to `/var/lib/" + value("StateDirectory") + "`, `/run/"
                        + value("RuntimeDirectory") + "` ")
                .contains(" and `/var/log/" + value("LogsDirectory") + "` ")
                .contains("`ReadWritePaths=");
        assertThat(value("LogsDirectoryMode")).isEqualTo("0700");
    }

    @Test
    void itIsStoppedAfterItHasAnsweredWhatItTookIn() throws Exception {
        assertThat(Duration.ofSeconds(Long.parseLong(value("TimeoutStopSec"))))
                .isGreaterThan(
                        HttpSettings.from(PropertyValues.of(Map.of(), Map.of())).drain());
    }

    private Invocation.Serve serve() {
        List<String> words = List.of(value("ExecStart").split(" "));
        assertThat(words.getFirst()).isEqualTo("/opt/countersign/bin/countersign");
        Invocation invocation = Commands.parse(words.subList(1, words.size()).toArray(String[]::new));
        assertThat(invocation).isInstanceOf(Invocation.Serve.class);
        return (Invocation.Serve) invocation;
    }

    private String value(String name) {
        List<String> values = unit.lines()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .toList();
        assertThat(values).as(name).hasSize(1);
        return values.getFirst();
    }
}

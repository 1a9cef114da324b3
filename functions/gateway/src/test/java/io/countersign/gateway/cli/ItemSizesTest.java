package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.config.DataSettings;
import io.countersign.gateway.config.Settings;
import io.countersign.gateway.demo.Demo;
import io.countersign.gateway.documents.Documents;
import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.AccountItem;
import io.countersign.registry.BucketItem;
import io.countersign.registry.ObjectAclItem;
import io.countersign.registry.PrincipalItem;
import io.countersign.registry.ProviderItem;
import io.countersign.registry.RevocationItem;
import io.countersign.registry.Revocations;
import io.countersign.registry.RoleItem;
import io.countersign.registry.TokenKeyItem;
import io.countersign.registry.UserItem;
import io.countersign.registry.manifest.ApplyReport;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.settings.PropertyValues;
import io.countersign.testkit.Seeds;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How large the records of the demo are, as DynamoDB counts an item; docs/store-cost.md says the same. */
class ItemSizesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final String ACCOUNT = "1234567890123456";
    private static final String HEADER = "| record | bytes in the demo |";

    @TempDir
    Path directory;

    @Test
    void thePageSaysHowLargeRecordsAre() throws Exception {
        SecureRandom random = Seeds.secure();
        InstantSource clock = InstantSource.fixed(NOW);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        try (OpenedData data = OpenedData.open(directory, DataSettings.EMBEDDED, random, clock)) {
            Terminal terminal = new Terminal(InputStream.nullInputStream(), nowhere, nowhere, false);
            ApplyReport report = new Applier(terminal, clock, random)
                    .applyQuietly(
                            new Demo(random).manifest("http://127.0.0.1:1", Optional.empty()),
                            data,
                            Settings.from(PropertyValues.of(Map.of(), Map.of())));
            String key = report.generated().stream()
                    .filter(made -> made.owner().label().endsWith("/demo-signer"))
                    .findFirst()
                    .orElseThrow()
                    .accessKey()
                    .id();
            RevocationItem.Revocable provider = new RevocationItem.Revocable.OfProvider(ACCOUNT, "demo-idp");
            new Revocations(data.store()).revoke(provider, NOW, NOW);
            List<String> measured = List.of(
                    row("account", data, AccountItem.key(ACCOUNT)),
                    row("RAM user", data, UserItem.key(ACCOUNT, "demo-signer")),
                    row("role", data, RoleItem.key(ACCOUNT, "mobile-app")),
                    row("OIDC provider, once more for each client id", data, ProviderItem.key(ACCOUNT, "demo-idp")),
                    row("access key", data, AccessKeyItem.key(key)),
                    row("principal of an access key", data, PrincipalItem.key(key)),
                    row("bucket", data, BucketItem.key("demo-private")),
                    row("object ACL", data, ObjectAclItem.key("demo-private", "public/readme.txt")),
                    row("token keys", data, TokenKeyItem.KEY),
                    row("revocation", data, RevocationItem.key(provider)));
            assertThat(Documents.rows("docs/store-cost.md", HEADER)).containsExactlyElementsOf(measured);
        }
    }

    private static String row(String record, OpenedData data, ItemKey key) throws Exception {
        Item item = Optional.ofNullable(data.store()
                        .get(Set.of(key), RegistryStore.Consistency.STRONG, NOW)
                        .get(key))
                .orElseThrow();
        return "| %s | %d |".formatted(record, CountingStore.size(item));
    }
}

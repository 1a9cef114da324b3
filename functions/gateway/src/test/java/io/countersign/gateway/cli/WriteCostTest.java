package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.cli.CountingStore.Count;
import io.countersign.gateway.config.DataSettings;
import io.countersign.gateway.config.Settings;
import io.countersign.gateway.documents.Documents;
import io.countersign.oss.Acl;
import io.countersign.registry.AclWriter;
import io.countersign.registry.rotation.OutboxItem;
import io.countersign.registry.store.RegistryStore;
import io.countersign.rotate.IncomingEvent;
import io.countersign.rotate.Outbox;
import io.countersign.rotate.RotateSettings;
import io.countersign.rotate.Rotation;
import io.countersign.settings.PropertyValues;
import io.countersign.testkit.Seeds;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Store calls of the endpoints that write: the life of one key by the scheduled event, and an object's ACL. docs/performance.md says the same. */
class WriteCostTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final String HEADER = "| what is asked | reads | read units | writes | write units |";
    private static final RotateSettings RULES = new RotateSettings(Duration.ofSeconds(5), Duration.ofDays(10_000));
    private static final String ONE_USER = """
            accounts:
              - id: "2222222222222222"
                users:
                  - name: app-signer
                    accessKeys: [{id: LTAI5tSignerSignerSigner, secret: signerSecretsignerSecretsigner}]
                    policies: [{Version: "1", Statement: [{Effect: Allow, Action: "oss:*", Resource: "*"}]}]
                buckets: [{name: examplebucket, region: cn-hangzhou, acl: private, signer: app-signer}]
            """;

    @TempDir
    Path directory;

    private final SecureRandom random = Seeds.secure();
    private OpenedData data;
    private CountingStore store;
    private Rotation rotation;
    private Instant now = NOW;
    private int events;

    @BeforeEach
    void fill() throws Exception {
        InstantSource clock = InstantSource.fixed(NOW);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        data = OpenedData.open(directory, DataSettings.EMBEDDED, random, clock);
        new Applier(new Terminal(InputStream.nullInputStream(), nowhere, nowhere, false), clock, random)
                .applyQuietly(ONE_USER, data, Settings.from(PropertyValues.of(Map.of(), Map.of())));
        store = new CountingStore(data.store());
        rotation = new Rotation(store, data.sealer(), RULES, random);
    }

    @AfterEach
    void close() {
        data.close();
    }

    @Test
    void thePageSaysWhatWritingAsks() throws Exception {
        scheduled("what applying the manifest has left to look at", Duration.ofMinutes(5), 0);
        List<String> measured = new ArrayList<>();
        measured.add(scheduled("`/events`, scheduled, nothing due", Duration.ofMinutes(5), 0));
        measured.add(scheduled("`/events`, scheduled, a new key made", Duration.ofDays(90), 1));
        measured.add(scheduled("`/events`, scheduled, the older one retired", Duration.ofSeconds(10), 1));
        measured.add(scheduled("`/events`, scheduled, made Inactive", Duration.ofDays(8), 1));
        measured.add(scheduled("`/events`, scheduled, deleted", Duration.ofDays(30), 1));
        measured.add(sent("sending the four events of this", 4));
        new AclWriter(store).setObjectAcl("examplebucket", "users/ada/photo.jpg", Acl.PUBLIC_READ, now);
        measured.add(row("`PUT /acl`, of an object"));
        assertThat(Documents.rows("docs/performance.md", HEADER)).containsExactlyElementsOf(measured);
    }

    private String scheduled(String what, Duration later, int told) throws Exception {
        now = now.plus(later);
        events++;
        int before = waiting();
        rotation.handle(new IncomingEvent.Scheduled("event-" + events), now);
        String row = row(what);
        assertThat(waiting() - before).as(what).isEqualTo(told);
        return row;
    }

    private String sent(String what, int told) throws Exception {
        assertThat(new Outbox(store, sent -> {}).send(now)).isEqualTo(told);
        return row(what);
    }

    private int waiting() throws Exception {
        return data.store()
                .query(OutboxItem.PARTITION, Optional.empty(), 100, RegistryStore.Consistency.STRONG, now)
                .items()
                .size();
    }

    private String row(String what) {
        Count count = store.taken();
        return "| %s | %d | %d | %d | %d |"
                .formatted(what, count.reads(), count.readUnits(), count.writes(), count.writeUnits());
    }
}

package io.countersign.rotate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.registry.rotation.OutboxItem;
import io.countersign.rotate.sessions.ProviderName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas and examples that others build on say what rotation takes and tells, neither more nor less. */
class EventSchemasTest {
    private static final Path EVENTS = Path.of("..", "..", "events");
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    static Stream<Path> examples() throws IOException {
        return Stream.concat(Files.list(EVENTS.resolve("in")), Files.list(EVENTS.resolve("out")))
                .filter(path -> path.toString().endsWith(".example.json"));
    }

    static Stream<Path> incoming() throws IOException {
        return examples().filter(path -> path.getParent().endsWith("in"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsWhatItsSchemaSays(Path example) throws IOException {
        assertThat(errors(schemaOf(example), Files.readString(example))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("incoming")
    void everyIncomingExampleIsAccepted(Path example) throws Exception {
        String name = example.getFileName().toString().replace(".example.json", "");
        IncomingEvent event = Keys.event(Files.readString(example));
        assertThat(event.content()).startsWith(name.replace("ScheduledEvent", "Scheduled"));
    }

    @ParameterizedTest
    @MethodSource("incoming")
    void refusesWhatTheSchemaRefuses(Path example) throws Exception {
        String good = Files.readString(example);
        List<String> spoiled = List.of(
                good.replace("\"source\": \"", "\"source\": \"x"),
                good.replace("\"detail-type\": \"", "\"detail-type\": \"x"),
                good.replaceFirst("\"id\": \"[^\"]*\"", "\"id\": \"\""),
                good.replaceFirst("\"id\": \"[^\"]*\"", "\"id\": \"a b\""),
                good.replaceFirst("\"id\": \"[^\"]*\"", "\"id\": \"" + "x".repeat(129) + "\""),
                good.replaceFirst("\"id\": \"[^\"]*\",", ""),
                good.replaceFirst("\"time\": \"[^\"]*\"", "\"time\": \"yesterday\""),
                good.replaceFirst("\"time\": \"[^\"]*\",", ""),
                good.replace("\"version\"", "\"further\""),
                good.replace("LTAI5tSignerSignerSigner", "LTAI5t/igner"),
                good.replace("LTAI5tSignerSignerSigner", "STS.SignerSignerSigner"),
                good.replace("\"accessKeyId\"", "\"accesskeyid\""),
                good.replace("\"alice\"", "\"\""),
                good.replace("\"alice\"", "\"" + "a".repeat(256) + "\""),
                good.replace("\"alice\"", "\"a\\nb\""),
                good.replace("\"alice\"", "[\"alice\"]"),
                good.replace("oidc-provider/demo", "oidc-provider/"),
                good.replace("oidc-provider/demo", "role/demo"),
                good.replace("acs:ram::1234567890123456:oidc-provider/demo", "a/b"));
        for (String bad : spoiled) {
            if (bad.equals(good)) {
                continue;
            }
            assertThat(errors(schemaOf(example), bad)).as(bad).isNotEmpty();
            assertThatThrownBy(() -> Keys.event(bad)).as(bad).isInstanceOf(InvalidDocumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AccessKeyCompromised",
                "AccessKeyRotationRequested",
                "TokenKeyRotationRequested",
                "TokenKeyCompromised",
                "SubjectCompromised"
            })
    void aFurtherMemberOfTheDetailIsRefusedByBoth(String type) throws Exception {
        Path example = EVENTS.resolve("in").resolve(type + ".example.json");
        String bad = Files.readString(example).replaceFirst("\"detail\": \\{", "\"detail\": {\"x\": 1 ");
        String well = bad.replaceFirst("\"x\": 1 (?=\\s*\")", "\"x\": 1, ");
        assertThat(errors(schemaOf(example), well)).isNotEmpty();
        assertThatThrownBy(() -> Keys.event(well)).isInstanceOf(InvalidDocumentException.class);
    }

    @Test
    void everyEventThatIsToldIsWhatItsSchemaSays() throws Exception {
        Keys keys = new Keys();
        keys.pass(Keys.EVERY);
        keys.scheduled();
        keys.pass(Keys.BOUND);
        keys.scheduled();
        keys.pass(Keys.OVERLAP);
        keys.scheduled();
        keys.pass(Duration.ofDays(30));
        keys.scheduled();
        keys.compromised(keys.ids().getLast());
        keys.compromised("LTAI5tRootRootRootRootRo");
        keys.rotation.handle(new IncomingEvent.TokenKeyRotationRequested("tk"), keys.now);
        keys.rotation.handle(new IncomingEvent.TokenKeyCompromised("tk-known"), keys.now);
        keys.done(new IncomingEvent.SubjectCompromised(
                "lost", ProviderName.of("demo").orElseThrow(), "\u00e9".repeat(255)));
        keys.requested(keys.ids().getLast());
        keys.fixture.apply(io.countersign.registry.Fixture.golden()
                .replace(
                        "removeAfter: P30D}\n        authority: registry",
                        "removeAfter: P30D}\n        authority: ram"));
        keys.pass(Keys.EVERY);
        keys.scheduled();
        keys.pass(Keys.OVERLAP);
        keys.scheduled();
        Set<String> told = new TreeSet<>();
        for (OutboxItem.OutgoingEvent event : keys.outbox()) {
            Path schema = EVENTS.resolve("out").resolve(event.type() + ".schema.json");
            assertThat(errors(schema, envelope(event))).as(event.toString()).isEmpty();
            told.add(event.type());
        }
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Fact.Type.values()).map(Fact.Type::text).toList());
    }

    @Test
    void everyTypeHasASchemaAndAnExample() {
        for (Fact.Type type : Fact.Type.values()) {
            assertThat(EVENTS.resolve("out").resolve(type.text() + ".schema.json"))
                    .exists();
            assertThat(EVENTS.resolve("out").resolve(type.text() + ".example.json"))
                    .exists();
        }
    }

    /** As the bus hands it to a receiver. */
    private static String envelope(OutboxItem.OutgoingEvent event) throws Exception {
        var detail = io.countersign.json.Values.parse(event.detail());
        return JsonText.object(json -> json.put("version", "0")
                .put("id", event.id())
                .put("detail-type", event.type())
                .put("source", "countersign")
                .put("account", "111122223333")
                .put("time", event.time().toString())
                .put("region", "eu-central-1")
                .put("resources", List.of())
                .put("detail", detail));
    }

    private static Path schemaOf(Path example) {
        return Path.of(example.toString().replace(".example.json", ".schema.json"));
    }

    private static List<com.networknt.schema.Error> errors(Path schema, String document) throws IOException {
        Schema compiled = SCHEMAS.getSchema(Files.readString(schema), InputFormat.JSON);
        return compiled.validate(
                document,
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }
}

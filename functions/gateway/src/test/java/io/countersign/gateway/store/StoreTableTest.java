package io.countersign.gateway.store;

import static io.countersign.gateway.store.Arrivals.assertNone;
import static io.countersign.gateway.store.Arrivals.assertSound;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.server.RawConnection;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.Operation;
import io.countersign.registry.Upstream;
import io.countersign.upstream.Answerer;
import io.countersign.upstream.BodyUse;
import io.countersign.upstream.StoreRow;
import io.countersign.upstream.StoreTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation that OSS has, at the store port, signed by an official SDK: what goes to a store is what its row says, and nothing else. */
class StoreTableTest {
    private static final Path OPERATIONS =
            Path.of("../shared/oss/src/test/resources/io/countersign/oss/operations.txt");

    private static final Set<Operation> MOST_SENT =
            EnumSet.of(Operation.GET_OBJECT, Operation.PUT_OBJECT, Operation.LIST_OBJECTS);
    private static final String[] OF_OTHERS = {"x-id", "X-Amz-Date", "x-amz-acl", "callback", "policy", "website"};

    @RegisterExtension
    private static final StoreFixture fixture = new StoreFixture();

    private static SignedRequests requests;

    /**
     * A request of an operation of a bucket or an object.
     *
     * @param key empty for the bucket
     * @param header its name and value, where the operation needs one
     */
    record Sample(
            HttpMethod method, Optional<String> key, String query, Map<String, String> header, Operation operation) {
        static Optional<Sample> of(String line) {
            String[] cells = line.split(" +");
            String target = cells[1];
            if (!target.startsWith("/b12")) {
                return Optional.empty();
            }
            int question = target.indexOf('?');
            String path = question < 0 ? target : target.substring(0, question);
            String query = question < 0 ? "" : target.substring(question + 1);
            int slash = path.indexOf('/', 1);
            String key = slash < 0 ? "" : path.substring(slash + 1);
            Operation operation = Operation.valueOf(cells[3]);
            return Optional.of(new Sample(
                    // The only method by which every protocol has it.
                    operation == Operation.GET_OBJECT_META ? HttpMethod.HEAD : HttpMethod.valueOf(cells[0]),
                    key.isEmpty() ? Optional.empty() : Optional.of(key),
                    query.replace("/", "%2F").replace(",", "%2C").replace("|", "%7C"),
                    header(operation, cells[2]),
                    operation));
        }

        private static Map<String, String> header(Operation operation, String cell) {
            if (operation == Operation.PUT_SYMLINK) {
                return Map.of("x-oss-symlink-target", "target");
            }
            int colon = cell.indexOf(':');
            return colon < 0 ? Map.of() : Map.of(cell.substring(0, colon), cell.substring(colon + 1));
        }

        StoreRow row(Upstream.Protocol protocol) {
            return StoreTable.row(operation, protocol);
        }

        String body(Upstream.Protocol protocol) {
            return switch (row(protocol).body()) {
                case BodyUse.Ignored ignored -> "";
                case BodyUse.Streamed streamed -> "content";
                case BodyUse.Form form -> "";
                case BodyUse.Read(int max, BodyUse.BodyKind kind) ->
                    switch (kind) {
                        case DELETE_KEYS -> "<Delete><Object><Key>a</Key></Object></Delete>";
                        case COMPLETE_MULTIPART ->
                            "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>\"e\"</ETag></Part></CompleteMultipartUpload>";
                        case TAGGING -> "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>";
                        case PROCESS -> query.contains("=") ? "" : "x-oss-process=image/resize,w_1|sys/saveas,o_YQ";
                        case ACL -> "";
                        case OTHER_XML -> "<Any/>";
                    };
            };
        }

        @Override
        public String toString() {
            return method + " " + key.map(name -> "object").orElse("bucket") + " ?" + query + " is " + operation;
        }
    }

    /** Forms are signed in their body, which FormsTest does. */
    static List<Sample> samples() throws IOException {
        return Files.readAllLines(OPERATIONS, StandardCharsets.UTF_8).stream()
                .filter(line -> !line.startsWith("#"))
                .map(Sample::of)
                .flatMap(Optional::stream)
                .filter(sample -> sample.operation() != Operation.POST_OBJECT && sample.method() != HttpMethod.OPTIONS)
                .toList();
    }

    @BeforeAll
    static void start() {
        requests = new SignedRequests(fixture.url());
    }

    @BeforeEach
    void answer() {
        // Whatever the operation, the answer is of none: what is tested here is what was asked.
        fixture.store.answering(ScriptedStore.say("404 Not Found", Map.of(), "<Error><Code>NoSuchKey</Code></Error>"));
    }

    private static String bucket(Upstream.Protocol protocol) {
        return switch (protocol) {
            case OSS -> StoreFixture.PRIVATE;
            case S3 -> StoreFixture.PRIVATE_S3;
        };
    }

    private static String answer(Sample sample, Upstream.Protocol protocol, String moreQuery) throws IOException {
        String query = sample.query() + (sample.query().isEmpty() || moreQuery.isEmpty() ? "" : "&") + moreQuery;
        Map<String, String> headers = sample.header();
        if (headers.containsKey("x-oss-copy-source")) {
            headers = Map.of("x-oss-copy-source", "/" + bucket(protocol) + "/source");
        }
        String request = requests.request(
                sample.method(), bucket(protocol), sample.key(), query, headers, sample.body(protocol));
        return RawConnection.exchange(fixture.url(), request.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatArrivesIsWhatTheTableSays(Sample sample) throws IOException {
        for (Upstream.Protocol protocol : Upstream.Protocol.values()) {
            fixture.store.received.clear();
            String answer = answer(sample, protocol, "");
            switch (sample.row(protocol).answerer()) {
                case Answerer.Store store -> {
                    assertThat(fixture.store.received)
                            .as(protocol + ": " + answer)
                            .hasSize(1);
                    ScriptedStore.Received got = fixture.store.last();
                    assertThat(Arrivals.bucket(got)).isEqualTo(StoreFixture.PHYSICAL + bucket(protocol));
                    assertThat(Arrivals.key(got)).isEqualTo(sample.key());
                }
                case Answerer.Registry registry -> {
                    assertThat(answer).as(protocol.name()).doesNotStartWith("HTTP/1.1 5");
                    // Whether the object exists, only the store knows.
                    assertThat(fixture.store.received)
                            .allMatch(got -> got.method().equals("HEAD"));
                }
                case Answerer.Nobody nobody -> {
                    assertThat(answer).as(protocol.name()).startsWith("HTTP/1.1 501 ");
                    if (sample.method() != HttpMethod.HEAD) {
                        assertThat(answer).contains("<Code>NotImplemented</Code>", "<Message>");
                    }
                    assertNone(fixture.store);
                }
            }
            assertSound(fixture.store);
        }
    }

    /** Every parameter of any operation, and those of other stores. */
    private static Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>(List.of(OF_OTHERS));
        for (Upstream.Protocol protocol : Upstream.Protocol.values()) {
            StoreTable.rows(protocol).forEach(row -> names.addAll(row.parameters()));
        }
        samples().stream()
                .flatMap(sample -> Stream.of(sample.query().split("&")))
                .map(pair -> pair.replaceFirst("=.*", ""))
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        return names;
    }

    /** A parameter more may make another operation of it. Then that one's row counts, which is found here by the arrival alone. */
    @Test
    void noParameterReachesAStoreThatItsOperationDoesNotHave() throws IOException {
        Set<Set<String>> possible = new HashSet<>();
        for (Upstream.Protocol protocol : Upstream.Protocol.values()) {
            StoreTable.rows(protocol).stream()
                    .filter(row -> row.answerer() instanceof Answerer.Store)
                    .forEach(row -> possible.add(row.parameters()));
        }
        int arrived = 0;
        Set<Operation> wanted = EnumSet.copyOf(MOST_SENT);
        for (Sample sample : samples()) {
            if (!wanted.remove(sample.operation())) {
                continue;
            }
            for (String name : names()) {
                for (Upstream.Protocol protocol : Upstream.Protocol.values()) {
                    fixture.store.received.clear();
                    answer(sample, protocol, name + "=1");
                    for (ScriptedStore.Received got : fixture.store.received) {
                        arrived++;
                        Set<String> sent = Set.copyOf(Arrivals.parameters(got));
                        if (protocol == Upstream.Protocol.OSS) {
                            assertThat(possible).as(sample + " and " + name).anyMatch(row -> row.containsAll(sent));
                        }
                        assertThat(sent).as(sample + " and " + name).doesNotContain(OF_OTHERS);
                    }
                    assertSound(fixture.store);
                }
            }
        }
        assertThat(arrived).isPositive();
    }
}

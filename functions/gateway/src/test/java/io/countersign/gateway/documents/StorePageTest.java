package io.countersign.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Operation;
import io.countersign.registry.Upstream;
import io.countersign.upstream.Answerer;
import io.countersign.upstream.StoreRow;
import io.countersign.upstream.StoreTable;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/store.md has the table of what goes to a store, as the program knows it. */
class StorePageTest {
    private static final String HEADER = "| operation | answered by | parameters | headers | to %s |";

    @ParameterizedTest
    @EnumSource
    void theTableIsTheProgramsOwn(Upstream.Protocol protocol) throws IOException {
        List<String> rows =
                StoreTable.rows(protocol).stream().map(StorePageTest::row).toList();
        assertThat(rows).hasSizeGreaterThan(20);
        Golden.table("docs/store.md", HEADER.formatted(protocol), rows);
    }

    @ParameterizedTest
    @EnumSource
    void anOperationWithoutARowIsAnsweredByNobody(Upstream.Protocol protocol) {
        Set<Operation> listed =
                StoreTable.rows(protocol).stream().map(StoreRow::operation).collect(Collectors.toSet());
        assertThat(Operation.values())
                .filteredOn(operation -> !listed.contains(operation))
                .isNotEmpty()
                .allSatisfy(operation -> assertThat(
                                StoreTable.row(operation, protocol).answerer())
                        .isInstanceOf(Answerer.Nobody.class));
    }

    /** What changes who may do what is never the store's to change. */
    @Test
    void rightsStayInTheRegistry() {
        for (Operation operation : List.of(
                Operation.PUT_BUCKET_ACL,
                Operation.PUT_OBJECT_ACL,
                Operation.PUT_BUCKET_POLICY,
                Operation.PUT_BUCKET_CORS,
                Operation.PUT_BUCKET_WEBSITE,
                Operation.PUT_CNAME,
                Operation.CREATE_ACCESS_POINT,
                Operation.PUT_BUCKET)) {
            for (Upstream.Protocol protocol : Upstream.Protocol.values()) {
                assertThat(StoreTable.row(operation, protocol).answerer())
                        .as("%s of %s", operation, protocol)
                        .isNotInstanceOf(Answerer.Store.class);
            }
        }
    }

    private static String row(StoreRow row) {
        return switch (row.answerer()) {
            case Answerer.Store store -> cells(row, "the store", row.translation());
            case Answerer.Registry registry -> cells(row, "the registry", "");
            case Answerer.Nobody(String why) -> cells(row, "nobody: 501", why);
        };
    }

    private static String cells(StoreRow row, String by, String last) {
        return "| %s | %s | %s | %s | %s |"
                .formatted(row.operation().apiName(), by, names(row.parameters()), names(row.headers()), last)
                .replace("|  |", "| |")
                .replace("|  |", "| |");
    }

    private static String names(Set<String> names) {
        return new TreeSet<>(names)
                .stream()
                        .map(name -> "`" + (name.endsWith("-") ? name + "*" : name) + "`")
                        .collect(Collectors.joining(" "));
    }
}

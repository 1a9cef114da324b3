package io.countersign.gateway.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.ArrayValue;
import io.countersign.json.Value.ObjectValue;
import io.countersign.policy.ConditionNames;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Policies as OSS's and RAM's pages show them ({@code policies/*.json}), each with requests and their right verdicts, through the whole of {@code /verify}. */
class PolicyCorpusTest {
    private static final Resources POLICIES = Resources.of("policies");

    static Stream<String> names() {
        return POLICIES.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachRequestIsDecidedRight(String name) throws InvalidDocumentException {
        Members file = POLICIES.read(name);
        assertThat(file.string("name")).isNotBlank();
        assertThat(file.string("source")).isNotBlank();
        List<Value> accounts = file.list("accounts");
        List<Value> requests = file.list("requests");
        file.done();
        Rows rows = new Rows(
                AppliedManifest.of(Cast.manifest(accounts)),
                Members.of(accounts.getFirst()).string("id"));
        assertThat(rows.wrong(requests)).isEmpty();
        Set<Boolean> verdicts = new HashSet<>();
        for (Value request : requests) {
            verdicts.add(Row.read(request).allowed());
        }
        assertThat(requests).as("five requests").hasSizeGreaterThanOrEqualTo(5);
        assertThat(verdicts).as("a success and a refusal").hasSize(2);
    }

    @Test
    void everyConditionKeyAndOperatorOccurs() throws InvalidDocumentException {
        Set<String> operators = new TreeSet<>();
        Set<String> keys = new TreeSet<>();
        for (String name : POLICIES.names()) {
            collect(POLICIES.read(name).required("accounts"), operators, keys);
        }
        assertThat(operators).containsAll(ConditionNames.operators());
        assertThat(keys).containsAll(ConditionNames.keys());
    }

    private static void collect(Value value, Set<String> operators, Set<String> keys) {
        if (value instanceof ArrayValue array) {
            array.elements().forEach(element -> collect(element, operators, keys));
        } else if (value instanceof ObjectValue object) {
            object.members().forEach((name, member) -> {
                collect(member, operators, keys);
                if (name.equals("Condition")) {
                    condition((ObjectValue) member, operators, keys);
                }
            });
        }
    }

    private static void condition(ObjectValue condition, Set<String> operators, Set<String> keys) {
        condition.members().forEach((operator, clauses) -> {
            operators.add(operator);
            ((ObjectValue) clauses).members().keySet().forEach(key -> keys.add(key.replaceFirst("/.*", "/")));
        });
    }
}

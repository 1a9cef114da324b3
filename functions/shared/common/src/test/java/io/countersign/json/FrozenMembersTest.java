package io.countersign.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrozenMembersTest {
    private static final Value VALUE = new Value.NullValue(new Value.Location("", 1));

    /** Names in an order that no hash table has. */
    private static Map<String, Value> members(int size) {
        Map<String, Value> members = new LinkedHashMap<>();
        for (int i = size; i > 0; i--) {
            members.put("name" + i, new Value.NumberValue(new Value.Location("", i), "" + i));
        }
        return members;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 15, 16, 17, 18, 31, 32, 33, 1000})
    void theyAreThoseOfTheMapInItsOrder(int size) {
        Map<String, Value> expected = members(size);
        FrozenMembers frozen = FrozenMembers.of(expected);
        assertThat(frozen).hasSize(size).isEqualTo(expected).hasSameHashCodeAs(expected);
        assertThat(expected).isEqualTo(frozen);
        assertThat(frozen.keySet()).containsExactlyElementsOf(expected.keySet());
        assertThat(frozen.values()).containsExactlyElementsOf(expected.values());
        assertThat(frozen.entrySet()).containsExactlyElementsOf(expected.entrySet());
        int index = 0;
        for (String name : expected.keySet()) {
            assertThat(frozen.indexOf(name)).isEqualTo(index);
            assertThat(frozen.at(index)).isSameAs(expected.get(name));
            assertThat(frozen.get(new String(name.toCharArray()))).isSameAs(expected.get(name));
            assertThat(frozen.containsKey(name)).isTrue();
            index++;
        }
        for (Object other : new ArrayList<Object>(List.of("", "name0", "name" + (size + 1), "NAME1", 1))) {
            assertThat(frozen.containsKey(other)).isFalse();
            assertThat(frozen.get(other)).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 16, 17, 100})
    void aBuilderKnowsWhatItHas(int size) {
        FrozenMembers.Builder builder = new FrozenMembers.Builder();
        for (int i = 0; i < size; i++) {
            assertThat(builder.has("name" + i)).isFalse();
            builder.add("name" + i, VALUE);
            assertThat(builder.has("name" + i)).isTrue();
        }
        assertThat(IntStream.range(0, size)).allMatch(i -> builder.has("name" + i));
        assertThat(builder.has("")).isFalse();
        assertThat(builder.frozen()).hasSize(size);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8, 9, 16, 17, 18, 200})
    void aDuplicateIsRefusedWhereverItIs(int size) {
        for (int first : new int[] {0, (size - 1) / 2, size - 2}) {
            List<String> names = new ArrayList<>(
                    IntStream.range(0, size).mapToObj(i -> "n" + i).toList());
            names.set(size - 1, names.get(first));
            String json = "{"
                    + String.join(
                            ",", names.stream().map(n -> "\"" + n + "\":0").toList()) + "}";
            assertThatThrownBy(() -> Values.parse(json))
                    .isInstanceOf(InvalidDocumentException.class)
                    .hasMessageContaining("duplicated");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 17})
    void nothingChangesThem(int size) {
        Map<String, Value> source = members(size);
        FrozenMembers frozen = FrozenMembers.of(source);
        List<Runnable> changes = List.of(
                () -> frozen.put("other", VALUE),
                () -> frozen.put("name1", VALUE),
                () -> frozen.putIfAbsent("other", VALUE),
                () -> frozen.remove("name1"),
                frozen::clear,
                () -> frozen.keySet().remove("name1"),
                () -> frozen.values().clear(),
                () -> frozen.entrySet().removeIf(entry -> true),
                () -> frozen.replaceAll((name, value) -> VALUE),
                () -> frozen.entrySet().iterator().next().setValue(VALUE));
        assertThat(changes)
                .allSatisfy(
                        change -> assertThatThrownBy(change::run).isInstanceOf(UnsupportedOperationException.class));
        source.clear();
        assertThat(frozen).isEqualTo(members(size));
    }

    @Test
    void frozenMembersAreNotCopied() {
        FrozenMembers frozen = FrozenMembers.of(members(3));
        assertThat(FrozenMembers.of(frozen)).isSameAs(frozen);
        assertThat(new Value.ObjectValue(new Value.Location("", 1), frozen).members())
                .isSameAs(frozen);
    }

    @Test
    void theirIteratorEnds() {
        Iterator<Map.Entry<String, Value>> iterator =
                FrozenMembers.of(members(1)).entrySet().iterator();
        assertThat(iterator.next()).isEqualTo(Map.entry("name1", members(1).get("name1")));
        assertThat(iterator.hasNext()).isFalse();
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }

    /** By comparing each name with all others, these would take minutes. */
    @Test
    @Timeout(60)
    void manyMembersTakeLinearTime() throws InvalidDocumentException {
        StringBuilder json = new StringBuilder("{\"a\":0");
        for (int i = 0; i < 300_000; i++) {
            json.append(",\"").append(i).append("\":0");
        }
        Value value = Values.parse(json.append('}').toString());
        Members members = Members.of(value);
        for (String name : ((Value.ObjectValue) value).members().keySet()) {
            members.required(name);
        }
        members.done();
    }
}

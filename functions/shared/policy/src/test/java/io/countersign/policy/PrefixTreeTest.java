package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PrefixTreeTest {
    private static final String NOTHING = "-";

    private static PrefixTree<String> tree(Set<Head> heads) {
        Map<Head, String> values = new HashMap<>();
        heads.forEach(head -> values.put(head, head.toString()));
        return PrefixTree.of(values, NOTHING);
    }

    private static List<String> onTheWay(PrefixTree<String> tree, String text) {
        List<String> found = new ArrayList<>();
        for (int node = PrefixTree.ROOT; node != PrefixTree.NOWHERE; node = tree.next(node, text)) {
            found.add(tree.open(node));
            if (tree.endsAt(node, text)) {
                found.add(tree.closed(node));
            }
        }
        found.removeIf(NOTHING::equals);
        return found;
    }

    private static boolean canBegin(Head head, String text) {
        return head.open() ? text.startsWith(head.text()) : text.equals(head.text());
    }

    @Test
    void anEmptyTreeHoldsNothing() {
        assertThat(onTheWay(tree(Set.of()), "")).isEmpty();
        assertThat(onTheWay(tree(Set.of()), "text")).isEmpty();
    }

    @Test
    void theEmptyHeadIsTheRoot() {
        PrefixTree<String> tree = tree(Set.of(Head.ANY, new Head("", false)));
        assertThat(onTheWay(tree, "")).containsExactly(Head.ANY.toString(), new Head("", false).toString());
        assertThat(onTheWay(tree, "text")).containsExactly(Head.ANY.toString());
    }

    @Property
    void onTheWayOfATextAreTheHeadsThatItCanBeginWith(@ForAll("heads") Set<Head> heads, @ForAll("texts") String text) {
        assertThat(onTheWay(tree(heads), text))
                .containsExactlyInAnyOrderElementsOf(heads.stream()
                        .filter(head -> canBegin(head, text))
                        .map(Head::toString)
                        .toList());
    }

    @Property
    void aroundATextAreTheHeadsThatItOrALongerOneCanBeginWith(
            @ForAll("heads") Set<Head> heads, @ForAll("texts") String text) {
        Set<String> found = new HashSet<>();
        tree(heads).around(text, found::add);
        found.remove(NOTHING);
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(heads.stream()
                        .filter(head -> canBegin(head, text) || head.text().startsWith(text))
                        .map(Head::toString)
                        .toList());
    }

    @Property
    void leanHeadsCoverTheSameTextsEachOnce(@ForAll("heads") Set<Head> heads, @ForAll("texts") String text) {
        boolean covered = heads.stream().anyMatch(head -> canBegin(head, text));
        assertThat(Head.lean(heads).stream().filter(head -> canBegin(head, text)))
                .hasSize(covered ? 1 : 0);
    }

    @Property
    void coversEachHeadByTheirCommonPrefix(@ForAll("heads") Set<Head> heads, @ForAll("texts") String text) {
        boolean covered = heads.stream().anyMatch(head -> canBegin(head, text));
        assertThat(!covered || canBegin(Head.common(List.copyOf(heads)), text)).isTrue();
    }

    @Provide
    Arbitrary<Set<Head>> heads() {
        return Combinators.combine(texts(), Arbitraries.of(true, false))
                .as(Head::new)
                .set()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab/").ofMaxLength(5);
    }
}

package io.countersign.oss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnownNamesTest {
    private static final KnownNames NAMES = new KnownNames(Parameters.names());

    @Test
    void recognizesEachOfItsNamesWithinALongerText() {
        for (String name : Parameters.names()) {
            String text = "a=b&" + name + "=c";

            assertThat(NAMES.part(text, 4, 4 + name.length())).isSameAs(name);
        }
    }

    @Test
    void copiesEveryOtherPart() {
        for (String name : Parameters.names()) {
            for (String other : Set.of(name + "x", "x" + name, name.substring(1), name.toUpperCase() + "é")) {
                String text = "?" + other + "&";

                assertThat(NAMES.part(text, 1, 1 + other.length())).isEqualTo(other);
            }
        }
        assertThat(NAMES.part("abc", 1, 1)).isEmpty();
        assertThat(NAMES.part("", 0, 0)).isEmpty();
    }

    /** "Aa" and "BB" have one hash code, and so has every text that is made of them. */
    @Test
    void distinguishesNamesWithOneHashCode() {
        Set<String> names = IntStream.range(0, 16)
                .mapToObj(i -> IntStream.range(0, 4)
                        .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining()))
                .collect(Collectors.toSet());
        KnownNames known = new KnownNames(names);

        assertThat(names.stream().map(String::hashCode).distinct()).hasSize(1);
        for (String name : names) {
            assertThat(known.part("/" + name, 1, 1 + name.length())).isSameAs(name);
        }
        assertThat(known.part("AaAaAaAaAa", 0, 10)).isEqualTo("AaAaAaAaAa");
    }

    @Test
    void mayBeEmpty() {
        assertThat(new KnownNames(Set.of()).part("acl", 0, 3)).isEqualTo("acl");
    }
}

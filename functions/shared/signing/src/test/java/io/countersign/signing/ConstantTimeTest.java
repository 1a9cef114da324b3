package io.countersign.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ConstantTimeTest {
    @Property
    void hexIsTheLowerCaseTextOfTheBytes(@ForAll byte[] bytes) {
        assertThat(ConstantTime.isHex(bytes, HexFormat.of().formatHex(bytes))).isTrue();
    }

    @Property
    void anotherTextIsNotTheHex(@ForAll @Size(32) byte[] bytes, @ForAll String text) {
        assertThat(ConstantTime.isHex(bytes, text))
                .isEqualTo(HexFormat.of().formatHex(bytes).equals(text));
    }

    @Property
    void oneOtherCharacterIsNotTheHex(
            @ForAll @Size(32) byte[] bytes, @ForAll @IntRange(max = 63) int place, @ForAll char other) {
        StringBuilder text = new StringBuilder(HexFormat.of().formatHex(bytes));
        boolean same = text.charAt(place) == other;
        text.setCharAt(place, other);
        assertThat(ConstantTime.isHex(bytes, text.toString())).isEqualTo(same);
    }

    @Property
    void aPartOfTheHexIsNotTheHex(@ForAll @Size(32) byte[] bytes, @ForAll @IntRange(max = 63) int length) {
        String hex = HexFormat.of().formatHex(bytes);
        assertThat(ConstantTime.isHex(bytes, hex.substring(0, length))).isFalse();
        assertThat(ConstantTime.isHex(bytes, hex + hex.charAt(length))).isFalse();
    }
}

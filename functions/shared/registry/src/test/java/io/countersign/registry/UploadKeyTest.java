package io.countersign.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadKeyTest {
    @Test
    void eachVariableIsFilledOnce() {
        UploadKey key = UploadKey.of("users/${jwt:sub}/${yyyy}-${mm}-${dd}/a-${uuid}${ext}")
                .orElseThrow();
        assertThat(key.claims()).containsExactly("sub");
        assertThat(key.filled(claim -> "${uuid}", variable -> variable.name().toLowerCase(Locale.ROOT)))
                .isEqualTo("users/${uuid}/year-month-day/a-uuidext");
    }

    @Test
    void aKeyWithoutVariablesIsItself() {
        assertThat(UploadKey.of("logo.png").orElseThrow().filled(claim -> "x", variable -> "y"))
                .isEqualTo("logo.png");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/a",
                "a\\b",
                "a\u0000",
                "a\n",
                "\u00e4",
                "a$",
                "$a",
                "${",
                "${}",
                "${filename}",
                "${uuid",
                "${UUID}",
                "${jwt:}",
                "${jwt:a b}",
                "${jwt:${uuid}}",
                "${ uuid}"
            })
    void anyOtherTextIsNoKey(String text) {
        assertThat(UploadKey.of(text)).isEmpty();
    }

    @Test
    void theTextIsBounded() {
        assertThat(UploadKey.of("a".repeat(UploadKey.MAX_LENGTH))).isPresent();
        assertThat(UploadKey.of("a".repeat(UploadKey.MAX_LENGTH + 1))).isEmpty();
    }
}

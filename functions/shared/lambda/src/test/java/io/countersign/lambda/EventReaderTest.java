package io.countersign.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.json.JsonText;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    /** As lenient as Funqy's. */
    private final ObjectMapper mapper =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"b\":1,\"a\":[true,null,\"x\",1.50]}",
                "{\"Records\":[{\"body\":\"{}\"}]}",
                "[1,[2]]",
                "\"text\"",
                "12345678901234567890123",
                "null"
            })
    void anEventIsWholeAndInItsOrder(String json) throws Exception {
        assertThat(JsonText.of(mapper.readValue(json, EventReader.Event.class).value()))
                .isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "[{\"a\":1,\"a\":1}]",
                "{\"a\":",
                "{\"a\":tru}",
                ""
            })
    void refusesTextThatTheStrictReaderRefuses(String json) {
        assertThatThrownBy(() -> mapper.readValue(json, EventReader.Event.class))
                .isInstanceOf(java.io.IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\" : [1, \"\u00e4\u20ac\"]}", "\"text\"", "null", "[ ]"})
    void theLengthIsThatOfTheTextInBytes(String json) throws Exception {
        byte[] bytes = ("  " + json + "\n ").getBytes(StandardCharsets.UTF_8);
        assertThat(mapper.readerFor(EventReader.Event.class)
                        .<EventReader.Event>readValue(new ByteArrayInputStream(bytes))
                        .length())
                .isEqualTo(json.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void anEventWhoseLengthIsNotKnownIsRefused() {
        assertThatThrownBy(() -> mapper.treeToValue(mapper.readTree("{\"a\":1}"), EventReader.Event.class))
                .hasMessageContaining("length");
    }

    @Test
    void depthIsBounded() throws Exception {
        mapper.readValue("[".repeat(32) + "]".repeat(32), EventReader.Event.class);
        assertThatThrownBy(() -> mapper.readValue("[".repeat(33) + "]".repeat(33), EventReader.Event.class))
                .isInstanceOf(java.io.IOException.class)
                .hasMessageContaining("too deep");
    }

    @Test
    void aRefusalRepeatsNothing() {
        assertThatThrownBy(() -> mapper.readValue("{\"a\":secret}", EventReader.Event.class))
                .hasMessageNotContaining("secret");
    }

    @Test
    void anAnswerIsWrittenAsItIs() throws Exception {
        assertThat(mapper.writeValueAsString(new AnswerWriter.Answer("{\"a\":1.50}")))
                .isEqualTo("{\"a\":1.50}");
    }
}

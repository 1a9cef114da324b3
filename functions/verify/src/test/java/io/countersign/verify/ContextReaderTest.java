package io.countersign.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Values;
import io.countersign.policy.PlaceTags;
import io.countersign.verify.decide.Context;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextReaderTest {
    private static Context read(String json) throws InvalidDocumentException {
        return ContextReader.read(Optional.of(Values.parse(json)));
    }

    @Test
    void everyMemberIsRead() throws InvalidDocumentException {
        assertThat(read("""
                {"existingObjectTags":{"status":"ok","key 1":""},"bucketTags":{"team":"red"},"requestObjectTags":{"a":"1"},
                 "sourceVpc":"vpc-t4nlw426y44rd3iq4","mfaPresent":true}"""))
                .isEqualTo(new Context(
                        new PlaceTags(
                                PlaceTags.Tags.of(Map.of("team", "red")),
                                PlaceTags.Tags.of(Map.of("status", "ok", "key 1", ""))),
                        PlaceTags.Tags.of(Map.of("a", "1")),
                        Optional.of("vpc-t4nlw426y44rd3iq4"),
                        Optional.of(true)));
    }

    @Test
    void anEmptyObjectTellsThatThereAreNoneAndALeftOutOneNothing() throws InvalidDocumentException {
        assertThat(read("{\"existingObjectTags\":{}}"))
                .isEqualTo(new Context(
                        new PlaceTags(PlaceTags.Tags.UNKNOWN, PlaceTags.Tags.NONE),
                        PlaceTags.Tags.UNKNOWN,
                        Optional.empty(),
                        Optional.empty()));
        assertThat(read("{}")).isEqualTo(Context.NONE);
        assertThat(ContextReader.read(Optional.empty())).isEqualTo(Context.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "\"none\"",
                "{\"existingObjectTag\":{}}",
                "{\"existingObjectTags\":null}",
                "{\"existingObjectTags\":[]}",
                "{\"existingObjectTags\":\"a=1\"}",
                "{\"existingObjectTags\":{\"a\":1}}",
                "{\"existingObjectTags\":{\"a\":null}}",
                "{\"existingObjectTags\":{\"a\":[\"1\"]}}",
                "{\"bucketTags\":{\"\":\"1\"}}",
                "{\"requestObjectTags\":{\"a\":\"1\",\"a\":\"1\"}}",
                "{\"sourceVpc\":\"\"}",
                "{\"sourceVpc\":\"vpc-\"}",
                "{\"sourceVpc\":\"vpc-*\"}",
                "{\"sourceVpc\":\"10.0.0.1\"}",
                "{\"sourceVpc\":null}",
                "{\"sourceVpc\":[\"vpc-a\"]}",
                "{\"mfaPresent\":\"true\"}",
                "{\"mfaPresent\":null}"
            })
    void refusesAnUnknownMember(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(InvalidDocumentException.class);
    }

    @Test
    void tagsAreBounded() throws InvalidDocumentException {
        assertThat(read(tags(20, 100, 256)).placeTags().object().known().orElseThrow())
                .hasSize(20);
        assertThatThrownBy(() -> read(tags(21, 1, 1))).hasMessageContaining("at most 20");
        assertThatThrownBy(() -> read(tags(1, 129, 1))).hasMessageContaining("1 to 128");
        assertThatThrownBy(() -> read(tags(1, 1, 257))).hasMessageContaining("at most 256");
    }

    private static String tags(int count, int name, int value) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + (char) ('a' + i) + "n".repeat(name - 1) + "\":\"" + "v".repeat(value) + "\"")
                .collect(Collectors.joining(",", "{\"existingObjectTags\":{", "}}"));
    }
}

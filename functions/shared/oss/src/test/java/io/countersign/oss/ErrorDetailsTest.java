package io.countersign.oss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ErrorDetailsTest {
    private static Map<String, String> map() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("StringToSign", "GET");
        map.put("EC", "0002");
        map.put("Bucket", "examplebucket");
        return map;
    }

    @Test
    void keepsTheOrderAndValues() {
        assertThat(ErrorDetails.of(map())).isEqualTo(map()).containsExactlyEntriesOf(map());
        assertThat(ErrorDetails.of(map())).hasSameHashCodeAs(map());
        assertThat(ErrorDetails.of(map()).get("EC")).isEqualTo("0002");
    }

    @Test
    void aBuilderKeepsTheOrderAndLeavesOutWhatIsAbsent() {
        ErrorDetails.Builder builder = new ErrorDetails.Builder()
                .add("StringToSign", "GET")
                .add("CanonicalRequest", Optional.empty())
                .add("EC", Optional.of("0002"));
        ErrorDetails details = builder.build();
        builder.add("Bucket", "examplebucket");
        assertThat(details).containsExactly(Map.entry("StringToSign", "GET"), Map.entry("EC", "0002"));
        assertThat(builder.build()).containsExactlyEntriesOf(map());
    }

    @Test
    void octetsAreHexWithSpaces() {
        ErrorDetails details = new ErrorDetails.Builder()
                .add("StringToSign", "GET")
                .addOctets("StringToSignBytes", "a\n\u4e2d")
                .addOctets("None", "")
                .build();
        assertThat(details)
                .containsExactly(
                        Map.entry("StringToSign", "GET"),
                        Map.entry("StringToSignBytes", "61 0A E4 B8 AD"),
                        Map.entry("None", ""))
                .isEqualTo(ErrorDetails.of(new LinkedHashMap<>(details)));
    }

    @Test
    void isNotChangedByTheMapOrItsReaders() {
        Map<String, String> map = map();
        ErrorDetails details = ErrorDetails.of(map);
        map.clear();
        assertThat(details).isEqualTo(map());
        assertThatThrownBy(() -> details.put("EC", "1")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> details.remove("EC")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> details.entrySet().iterator().next().setValue("1"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void isCopiedOnce() {
        ErrorDetails details = ErrorDetails.of(map());
        assertThat(ErrorDetails.of(details)).isSameAs(details);
        assertThat(ErrorDetails.of(Map.of())).isEmpty();
    }
}

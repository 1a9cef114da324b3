package io.countersign.presign.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.settings.PropertyValues;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackSettingsTest {
    private static CallbackSettings of(String url) throws PropertyValues.InvalidSettingException {
        return CallbackSettings.from(PropertyValues.of(Map.of("countersign.callbacks.url", url), Map.of()));
    }

    @Test
    void thereAreNoCallbacksByDefault() throws Exception {
        assertThat(CallbackSettings.from(PropertyValues.of(Map.of(), Map.of()))).isEqualTo(CallbackSettings.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com/callbacks/oss",
                "https://app.example.com:8443/a/b-c_d.e~f/callbacks/oss",
                "http://localhost:8080/callbacks/oss"
            })
    void takesAUrlOfTheFace(String url) throws Exception {
        assertThat(of(url).url()).contains(URI.create(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.example.com/callbacks/oss",
                "http://app.example.com/callbacks/oss",
                "https://user@app.example.com/callbacks/oss",
                "https://app.example.com",
                "https://app.example.com/",
                "https://app.example.com/callbacks/oss/",
                "https://app.example.com//callbacks/oss",
                "https://app.example.com/a;b/callbacks/oss",
                "https://app.example.com/a%20b/callbacks/oss",
                "https://app.example.com/a+b/callbacks/oss",
                "https://app.example.com/callbacks/oss?a=b",
                "https://app.example.com/callbacks/oss#a",
                "https://app.example.com/callbacks/oss;https://other.example.com/callbacks/oss",
                "https://app.example.com/callbacks/oss,https://app.example.com/callbacks/oss"
            })
    void refusesEveryOther(String url) {
        assertThatThrownBy(() -> of(url))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessageStartingWith("countersign.callbacks.url: ");
    }

    @Test
    void theRecordRefusesThemToo() {
        assertThatThrownBy(() -> new CallbackSettings(Optional.of(URI.create("https://app.example.com/other"))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

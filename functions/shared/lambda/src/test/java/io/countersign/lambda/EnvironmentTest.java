package io.countersign.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.aws.AwsProperties;
import io.countersign.registry.dynamodb.TableLocation;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
    private static final Map<String, String> LEAST =
            Map.of("AWS_REGION", "eu-central-1", "COUNTERSIGN_KMS_KEY_ID", "alias/countersign");

    @Test
    void theRegionIsTheLambdasOwnUnlessAnotherIsSet() throws PropertyValues.InvalidSettingException {
        assertThat(Deployment.Environment.read(LEAST).string(AwsProperties.REGION))
                .isEqualTo("eu-central-1");
        assertThat(Deployment.Environment.read(with("COUNTERSIGN_AWS_REGION", "us-east-1"))
                        .string(AwsProperties.REGION))
                .isEqualTo("us-east-1");
    }

    @Test
    void theStoreIsATableAndAFileIsRefused() throws PropertyValues.InvalidSettingException {
        assertThat(Deployment.Environment.read(LEAST).string(TableLocation.STORE))
                .isEqualTo("dynamodb");
        assertThatThrownBy(() -> Deployment.Environment.read(with("COUNTERSIGN_STORE", "sqlite")))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessageStartingWith("countersign.store: ");
    }

    @Test
    void aRootKeyInAFileIsRefused() {
        assertThatThrownBy(() -> Deployment.Environment.read(Map.of("AWS_REGION", "eu-central-1")))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessageStartingWith("countersign.kms.key-id: ");
    }

    @Test
    void proxiesBeforeAFunctionsUrlAreRefused() throws PropertyValues.InvalidSettingException {
        assertThatThrownBy(() -> Deployment.Environment.read(with("COUNTERSIGN_TRUSTED_PROXIES", "10.0.0.0/8")))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessageStartingWith("countersign.trusted-proxies: ");
        Setting ofAuth = Setting.optional("countersign.auth.trusted-proxies", "none", "As AuthSettings has it.");
        assertThat(Deployment.Environment.read(with("COUNTERSIGN_AUTH_TRUSTED_PROXIES", "10.0.0.0/8"))
                        .list(ofAuth))
                .containsExactly("10.0.0.0/8");
    }

    @ParameterizedTest
    @CsvSource({
        "AWS_REGION, Mars",
        "COUNTERSIGN_DYNAMODB_TABLE, a",
        "COUNTERSIGN_DYNAMODB_ENDPOINT, http://dynamodb.example",
        "COUNTERSIGN_KMS_KEY_ID, a key",
        "COUNTERSIGN_CACHE_TTL, PT6M"
    })
    void aBadValueIsRefusedBeforeAnythingIsMade(String name, String value) {
        assertThatThrownBy(() -> Deployment.of(with(name, value)))
                .isInstanceOf(PropertyValues.InvalidSettingException.class);
    }

    @Test
    void callsNoServiceBeforeTheFirstRequest() throws PropertyValues.InvalidSettingException {
        // No credentials, no such table, no network: a deployment is made all the same.
        Deployment deployment = Deployment.of(LEAST);
        assertThat(deployment.storeTimes()).isEmpty();
        assertThat(deployment.registry()).isNotNull();
    }

    @Test
    void warnsOfAVariableThatIsEmpty() throws PropertyValues.InvalidSettingException {
        List<String> lines = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                lines.add(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(Deployment.class.getName());
        logger.addHandler(handler);
        try {
            Deployment.of(with("COUNTERSIGN_DYNAMODB_ENDPOINT", ""));
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(lines)
                .filteredOn(line -> line.startsWith("event="))
                .containsExactly("event=settingEmpty variable=COUNTERSIGN_DYNAMODB_ENDPOINT");
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> all = new HashMap<>(LEAST);
        all.put(name, value);
        return all;
    }
}

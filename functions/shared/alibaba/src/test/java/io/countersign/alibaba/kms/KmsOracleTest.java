package io.countersign.alibaba.kms;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.DecryptRequest;
import com.aliyun.kms20160120.models.GenerateDataKeyRequest;
import com.aliyun.teaopenapi.models.Config;
import io.countersign.alibaba.Acs3Oracle;
import io.countersign.alibaba.Acs3Received;
import io.countersign.registry.wrapping.KeyWrapper;
import io.countersign.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our two requests beside those of Alibaba Cloud's own client, at the same server. */
class KmsOracleTest {
    private static final String TOKEN = "CAISsession+token/of=an==STS";

    private final AlibabaKmsServer kms = new AlibabaKmsServer(InstantSource.fixed(Instant.now()));

    @AfterEach
    void stop() {
        kms.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", TOKEN})
    void theTwoRequestsAreTheirs(String token) throws Exception {
        KeyWrapper ours = ours(token);
        Client theirs = theirs(token);
        Map<String, String> context = new TreeMap<>(Map.of("purpose", "a root key", "version", "kms-1"));
        KeyWrapper.Generated made = ours.generate(context);
        var theirMade = theirs.generateDataKey(new GenerateDataKeyRequest()
                        .setKeyId(AlibabaKmsServer.KEY_ID)
                        .setKeySpec("AES_256")
                        .setEncryptionContext(context))
                .body;
        byte[] theirBlob = theirMade.ciphertextBlob.getBytes(StandardCharsets.UTF_8);
        alike(kms.requests());

        assertThat(ours.unwrap(theirBlob, context))
                .isEqualTo(Base64.getDecoder().decode(theirMade.plaintext));
        theirs.decrypt(
                new DecryptRequest().setCiphertextBlob(theirMade.ciphertextBlob).setEncryptionContext(context));
        alike(kms.requests().subList(2, 4));

        var opened = theirs.decrypt(new DecryptRequest()
                        .setCiphertextBlob(new String(made.wrapped(), StandardCharsets.UTF_8))
                        .setEncryptionContext(context))
                .body;
        assertThat(Base64.getDecoder().decode(opened.plaintext)).isEqualTo(made.plain());
    }

    @Test
    void theirSignerSignsOurRequestsAsOursDid() throws Exception {
        for (String token : List.of("", TOKEN)) {
            KeyWrapper ours = ours(token);
            ours.unwrap(ours.generate(Map.of("a", "~ *+/=&%é")).wrapped(), Map.of("a", "~ *+/=&%é"));
        }
        assertThat(kms.requests()).hasSize(4);
        for (Acs3Received request : kms.requests()) {
            Acs3Oracle.assertSignedAsTheirsDoes(request, AlibabaKmsServer.ACCESS_KEY_ID, AlibabaKmsServer.SECRET);
        }
    }

    private static void alike(List<Acs3Received> requests) {
        assertThat(requests).hasSize(2);
        Acs3Oracle.assertAlike(requests.get(0), requests.get(1));
    }

    private KeyWrapper ours(String token) throws Exception {
        Map<String, String> environment = new HashMap<>(AlibabaKmsServer.ENVIRONMENT);
        environment.put("ALIBABA_CLOUD_SECURITY_TOKEN", token);
        return AlibabaKeyWrapper.of(
                new AlibabaKey(AlibabaKmsServer.KEY_ID, kms.endpoint(), Duration.ofSeconds(30)),
                environment,
                Seeds.secure(),
                InstantSource.fixed(Instant.now()),
                System::nanoTime);
    }

    private Client theirs(String token) throws Exception {
        Config config = new Config()
                .setAccessKeyId(AlibabaKmsServer.ACCESS_KEY_ID)
                .setAccessKeySecret(AlibabaKmsServer.SECRET)
                .setEndpoint(kms.endpoint().getRawAuthority())
                .setProtocol("http");
        return new Client(token.isEmpty() ? config : config.setSecurityToken(token));
    }
}

package io.countersign.signing.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class Acs3CallTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00.123Z");
    private static final AccessKey KEY = new AccessKey("LTAI5tExampleKey", Secret.of("ExampleSecret"));
    private static final String TOKEN = "CAISsessionToken";

    private final Acs3Call call = new Acs3Call("Decrypt", "2016-01-20", new TreeMap<>(Map.of("b", "2 +", "a", "1")));

    @Test
    void signsEveryHeaderThatItSetsAndTheHost() {
        Acs3Call.Signed signed = call.signed("kms.example", Acs3Call.Signer.of(KEY), "nonce", NOW);
        assertThat(signed.target()).isEqualTo("/?a=1&b=2%20%2B");
        assertThat(signed.headers())
                .containsEntry("x-acs-date", "2026-11-22T03:00:00Z")
                .containsEntry("x-acs-action", "Decrypt")
                .containsEntry("x-acs-version", "2016-01-20")
                .containsEntry("x-acs-signature-nonce", "nonce")
                .doesNotContainKeys("host", "x-acs-security-token", "x-acs-accesskey-id");
        assertThat(signed.headers().get("Authorization"))
                .contains("Credential=LTAI5tExampleKey,")
                .contains(
                        "SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,");
    }

    @Test
    void signsTheTokenOfASessionAndDoesNotPrintIt() {
        Acs3Call.Signer session = new Acs3Call.Signer(KEY, Optional.of(SecurityToken.of(TOKEN)));
        Acs3Call.Signed signed = call.signed("kms.example", session, "nonce", NOW);
        assertThat(signed.headers())
                .containsEntry("x-acs-security-token", TOKEN)
                .containsEntry("x-acs-accesskey-id", "LTAI5tExampleKey");
        assertThat(signed.headers().get("Authorization"))
                .contains("SignedHeaders=host;x-acs-accesskey-id;")
                .contains(";x-acs-security-token;");
        assertThat(signed.toString() + session).doesNotContain(TOKEN, "ExampleSecret");
    }
}

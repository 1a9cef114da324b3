package io.countersign.registry.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.policy.PolicyNote;
import io.countersign.registry.Fixture;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetNotesTest {
    private static List<PolicyNote> notes(String jwksUri) throws Exception {
        return new Fixture().apply("""
                accounts:
                  - id: "1"
                    oidcProviders:
                      - name: login
                        issuer: https://idp.example
                        clientIds: [app]
                        jwksUri: "%s"
                """.formatted(jwksUri)).notes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://10.0.0.1/jwks",
                "https://192.168.1.1/jwks",
                "https://169.254.169.254/latest",
                "https://[fd12::1]/jwks"
            })
    void aPrivateAddressIsNoted(String jwksUri) throws Exception {
        assertThat(notes(jwksUri)).singleElement().satisfies(note -> {
            assertThat(note.text()).startsWith("no keys are read from the private address of its jwksUri");
            assertThat(note.at().line()).isEqualTo(4);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://idp.example/jwks",
                "https://8.8.8.8/jwks",
                "http://127.0.0.1:8080/jwks",
                "https://[2606:4700::1111]/jwks"
            })
    void anyOtherIsNot(String jwksUri) throws Exception {
        assertThat(notes(jwksUri)).isEmpty();
    }
}

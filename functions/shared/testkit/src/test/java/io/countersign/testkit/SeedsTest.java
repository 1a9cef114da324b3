package io.countersign.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeedsTest {
    private final String before = Seeds.text();

    @AfterEach
    void restore() {
        System.setProperty(Seeds.PROPERTY, before);
    }

    @Test
    void namedDataIsTheSameForTheSameSeed() {
        System.setProperty(Seeds.PROPERTY, "a");
        long seed = Seeds.of("name");
        long drawn = Seeds.random("name").nextLong();
        byte[] bytes = bytes(Seeds.secure("name"));
        assertThat(Seeds.of("name")).isEqualTo(seed).isNotEqualTo(Seeds.of("other"));
        assertThat(Seeds.random("name").nextLong()).isEqualTo(drawn);
        assertThat(bytes(Seeds.secure("name"))).isEqualTo(bytes).isNotEqualTo(bytes(Seeds.secure("other")));
        System.setProperty(Seeds.PROPERTY, "b");
        assertThat(Seeds.of("name")).isNotEqualTo(seed);
        assertThat(bytes(Seeds.secure("name"))).isNotEqualTo(bytes);
    }

    @Test
    void unnamedDataDiffersByCallAndRepeatsWithTheTest() {
        Seeds.begin("test");
        byte[] first = bytes(Seeds.secure());
        byte[] second = bytes(Seeds.secure());
        UUID third = Seeds.uuid();
        assertThat(first).isNotEqualTo(second);
        Seeds.begin("test");
        assertThat(bytes(Seeds.secure())).isEqualTo(first);
        assertThat(bytes(Seeds.secure())).isEqualTo(second);
        assertThat(Seeds.uuid()).isEqualTo(third);
        assertThat(Seeds.uuid()).isNotEqualTo(third);
        Seeds.begin("another test");
        assertThat(bytes(Seeds.secure())).isNotEqualTo(first);
    }

    @Test
    void aUuidIsARandomOne() {
        for (int i = 0; i < 100; i++) {
            assertThat(Seeds.uuid()).matches(uuid -> uuid.version() == 4 && uuid.variant() == 2);
        }
    }

    @Test
    void keyPairsOfOneNameAreTheSame() {
        for (String curve : new String[] {"secp256r1", "secp384r1"}) {
            KeyPair keys = Seeds.keys("EC", new ECGenParameterSpec(curve), "k");
            assertThat(Seeds.keys("EC", new ECGenParameterSpec(curve), "k").getPrivate())
                    .isEqualTo(keys.getPrivate());
        }
        var rsa = new RSAKeyGenParameterSpec(1024, RSAKeyGenParameterSpec.F4);
        assertThat(Seeds.keys("RSA", rsa, "k").getPrivate())
                .isEqualTo(Seeds.keys("RSA", rsa, "k").getPrivate())
                .isNotEqualTo(Seeds.keys("RSA", rsa, "other").getPrivate());
        assertThat(Seeds.keys("Ed25519", NamedParameterSpec.ED25519, "k").getPublic())
                .isEqualTo(
                        Seeds.keys("Ed25519", NamedParameterSpec.ED25519, "k").getPublic());
    }

    @Test
    void aMeasurementsDataAreTheSameUnderEveryText() {
        System.setProperty(Seeds.PROPERTY, "a");
        long drawn = Seeds.always(7).nextLong();
        System.setProperty(Seeds.PROPERTY, "b");
        assertThat(Seeds.always(7).nextLong()).isEqualTo(drawn);
    }

    private static byte[] bytes(SecureRandom random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return bytes;
    }
}

package io.countersign.signing.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HmacTest {
    /** RFC 2202 and RFC 4231, test case 2. */
    @Test
    void knowsTheRfcsVectors() {
        String text = "what do ya want for nothing?";
        assertThat(HexFormat.of().formatHex(Hmac.sha1(Hmac.sha1Key("Jefe"), text)))
                .isEqualTo("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
        assertThat(HexFormat.of().formatHex(Hmac.sha256(Hmac.sha256Key("Jefe"), text)))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void hashesTheUtf8OfAText() {
        assertThat(Hmac.Digests.sha256Hex("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Hmac.Digests.sha256Hex("中"))
                .isEqualTo("a567bdaa11367f260f0708391f4d10766b5962f565d9e432f17981a3584fe1e2");
    }

    @Property
    void hashesAndSignsAWrittenTextAsAString(@ForAll String text) {
        Hmac.Key key = Hmac.Key.sha256("secret");

        assertThat(Hmac.Digests.sha256(out -> out.append(text)))
                .isEqualTo(Hmac.Digests.sha256(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(key.sign(out -> out.append(text))).isEqualTo(key.sign(text));
    }

    @Test
    void manyThreadsWithTheirOwnKeysGetTheirOwnMacs() throws Exception {
        ConcurrentHashMap<Integer, byte[]> alone = new ConcurrentHashMap<>();
        for (int i = 0; i < 50; i++) {
            alone.put(i, Hmac.sha256(Hmac.sha256Key("key" + i), "text" + i));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<byte[]>> macs = IntStream.range(0, 5_000)
                    .mapToObj(i -> threads.submit(() -> Hmac.sha256(Hmac.sha256Key("key" + i % 50), "text" + i % 50)))
                    .toList();
            for (int i = 0; i < macs.size(); i++) {
                assertThat(macs.get(i).get()).isEqualTo(alone.get(i % 50));
            }
        }
    }
}

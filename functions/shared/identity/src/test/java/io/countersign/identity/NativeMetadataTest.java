package io.countersign.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.LongWork;
import io.countersign.registry.CaffeineClasses;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeMetadataTest {
    @Test
    void registersTheClassesOfTheCaches() throws Exception {
        List<String> registered = CaffeineClasses.registered("countersign-identity");
        JwksResolver keys = new JwksResolver(
                uri -> {
                    throw new IOException("no answer");
                },
                LongWork.ANYWHERE);
        assertThat(CaffeineClasses.of(keys, "published")).isEqualTo(registered);
        assertThat(CaffeineClasses.of(keys, "registered")).isEqualTo(registered);
        assertThat(CaffeineClasses.of(new VerifiedTokens(LongWork.ANYWHERE), "tokens"))
                .isEqualTo(registered);
    }
}

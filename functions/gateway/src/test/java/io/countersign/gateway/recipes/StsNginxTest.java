package io.countersign.gateway.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** {@code infra/nginx/sts.conf}, which integration tests of the profile {@code nginx} run. */
class StsNginxTest {
    @Test
    void isWhatThePageShows() throws IOException {
        assertThat(RecipeFiles.text("../docs/kubernetes-tokens.md"))
                .contains("```\n" + RecipeFiles.text("nginx/sts.conf") + "```\n");
    }
}

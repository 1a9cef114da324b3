package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testkit.Seeds;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The loop reads what this regular expression reads. */
class VpcIdTest {
    private static final Pattern VPC_ID = Pattern.compile("vpc-[A-Za-z0-9_-]{1,124}");
    private static final int TEXTS = 50_000;

    @Test
    void randomTexts() {
        RandomGenerator random = Seeds.random();
        int ids = 0;
        for (int i = 0; i < TEXTS; i++) {
            StringBuilder text = new StringBuilder(random.nextInt(5) == 0 ? "vpc" : "vpc-");
            String alphabet = random.nextInt(4) == 0 ? "aZ09_-.@`{[/\n é\u0660" : "azAZ09_-";
            for (int length = random.nextInt(random.nextBoolean() ? 4 : 130); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            boolean expected = VPC_ID.matcher(text).matches();
            assertThat(Context.isVpcId(text.toString())).as(text.toString()).isEqualTo(expected);
            ids += expected ? 1 : 0;
        }
        assertThat(ids).isBetween(TEXTS / 10, TEXTS - TEXTS / 10);
    }
}

package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is known of a request. */
class ConditionsTest {
    private static final Conditions FROM_A = Conditions.NONE.with(Conditions.PREFIX, "a");

    @Test
    void aTagGoesByThePlaceItIsKnownFrom() {
        assertThat(Conditions.bucketTag("team")).isEqualTo("oss:BucketTag/team");
        assertThat(Conditions.existingObjectTag("team")).isEqualTo("oss:ExistingObjectTag/team");
        assertThat(Conditions.requestObjectTag("team")).isEqualTo("oss:RequestObjectTag/team");
    }

    @Test
    void momentAndTransportAreWrittenAsPoliciesWriteThem() {
        Conditions conditions = Conditions.builder()
                .currentTime(Instant.parse("2026-11-22T02:00:00Z"))
                .secureTransport(true)
                .build();
        assertThat(conditions.values("acs:CurrentTime")).containsExactly("2026-11-22T02:00:00Z");
        assertThat(conditions.values("acs:SecureTransport")).containsExactly("true");
    }

    @Test
    void puttingAKeyAgainReplacesIt() {
        Conditions conditions = Conditions.builder()
                .put(Conditions.PREFIX, "a")
                .put(Conditions.PREFIX, Optional.of("b"))
                .build();
        assertThat(conditions.values(Conditions.PREFIX)).containsExactly("b");
        assertThat(FROM_A.with(Conditions.PREFIX, "b")).isEqualTo(conditions);
    }

    @Test
    void nothingPutUnderAKeyLeavesItAbsent() {
        Conditions emptied = Conditions.builder()
                .put(Conditions.PREFIX, "a")
                .put(Conditions.PREFIX, List.of())
                .put(Conditions.DELIMITER, Optional.empty())
                .build();
        assertThat(emptied).isEqualTo(Conditions.NONE).isEqualTo(FROM_A.without(Conditions.PREFIX));
        assertThat(emptied.values(Conditions.PREFIX)).isEmpty();
        assertThat(FROM_A.without(Conditions.DELIMITER)).isEqualTo(FROM_A);
    }

    @Test
    void theyAreEqualByTheirKeysAndValues() {
        assertThat(FROM_A)
                .isEqualTo(Conditions.NONE.with(Conditions.PREFIX, "a"))
                .hasSameHashCodeAs(Conditions.NONE.with(Conditions.PREFIX, "a"))
                .isNotEqualTo(Conditions.NONE.with(Conditions.PREFIX, "b"))
                .isNotEqualTo(Conditions.NONE);
        assertThat(FROM_A.hashCode()).isNotEqualTo(Conditions.NONE.hashCode());
    }
}

package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kleene's tables, and what effects make of them. */
class TruthTest {
    @ParameterizedTest
    @CsvSource({
        "TRUE, TRUE, TRUE",
        "TRUE, UNKNOWN, UNKNOWN",
        "TRUE, FALSE, FALSE",
        "UNKNOWN, TRUE, UNKNOWN",
        "UNKNOWN, UNKNOWN, UNKNOWN",
        "UNKNOWN, FALSE, FALSE",
        "FALSE, TRUE, FALSE",
        "FALSE, UNKNOWN, FALSE",
        "FALSE, FALSE, FALSE",
    })
    void both(Truth one, Truth other, Truth both) {
        assertThat(one.and(other)).isEqualTo(both);
    }

    @ParameterizedTest
    @CsvSource({"TRUE, FALSE", "UNKNOWN, UNKNOWN", "FALSE, TRUE"})
    void theOpposite(Truth one, Truth opposite) {
        assertThat(one.not()).isEqualTo(opposite);
    }

    @ParameterizedTest
    @CsvSource({"TRUE, true, true", "UNKNOWN, false, true", "FALSE, false, false"})
    void appliesAnAllowOnlyWhenTrueAndADenyAlsoWhenUnknown(Truth condition, boolean allow, boolean deny) {
        assertThat(Statement.Effect.ALLOW.applies(condition, AuthorizationQuery.Doubt.REFUSES))
                .isEqualTo(allow);
        assertThat(Statement.Effect.DENY.applies(condition, AuthorizationQuery.Doubt.REFUSES))
                .isEqualTo(deny);
    }

    @ParameterizedTest
    @CsvSource({"TRUE, true, true", "UNKNOWN, true, false", "FALSE, false, false"})
    void ofWhatMightBeAllowedTheOtherWayRound(Truth condition, boolean allow, boolean deny) {
        assertThat(Statement.Effect.ALLOW.applies(condition, AuthorizationQuery.Doubt.ALLOWS))
                .isEqualTo(allow);
        assertThat(Statement.Effect.DENY.applies(condition, AuthorizationQuery.Doubt.ALLOWS))
                .isEqualTo(deny);
    }
}

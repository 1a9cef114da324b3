package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.statistics.StatisticsCoverage;

/** Why a spoiled request may still pass in its signer's name: the change hit nothing that was signed, or changed only its spelling. */
public final class StillAllowed {
    public static final String STILL_ALLOWED = "still allowed";
    public static final String NOT_IN_THAT_NAME = "refused, or anonymous";

    private StillAllowed() {}

    /**
     * Fails for a wrong allow.
     *
     * @param sameNamed whether the same principal was allowed the same action on the same resource; only in V1 may one signed text mean another request
     */
    public static void check(VerifyRequest genuine, VerifyRequest spoiled, boolean sameNamed) {
        SignedParts signed = SignedParts.of(genuine);
        assertThat(SignedParts.of(spoiled)).as(spoiled.toString()).isEqualTo(signed);
        assertThat(sameNamed || signed.isV1()).as(spoiled.toString()).isTrue();
    }

    /** Otherwise nothing was checked above. */
    public static void sometimes(StatisticsCoverage coverage) {
        coverage.check(STILL_ALLOWED).count(count -> count > 0);
    }
}

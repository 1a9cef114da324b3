package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Right;
import io.countersign.oss.Scope;
import io.countersign.oss.Target;
import io.countersign.policy.PlaceTags;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownTagsTest {
    private static final PlaceTags.Tags BUCKET = PlaceTags.Tags.of(Map.of("level", "open"));
    private static final PlaceTags.Tags OBJECT = PlaceTags.Tags.of(Map.of("status", "ok"));
    private static final KnownTags KNOWN = new KnownTags(
            Optional.of("here"), Set.of(Target.object("here", "k")), false, new PlaceTags(BUCKET, OBJECT));

    private static PlaceTags of(Scope scope) {
        return KNOWN.of(new Right("oss:PutObject", scope));
    }

    @Test
    void theRequestsOwnObjectAndBucketHaveWhatWasTold() {
        assertThat(of(Target.object("here", "k"))).isEqualTo(new PlaceTags(BUCKET, OBJECT));
        assertThat(of(Target.bucket("here"))).isEqualTo(new PlaceTags(BUCKET, PlaceTags.Tags.UNKNOWN));
        assertThat(of(new Scope.ObjectPrefix("here", "k"))).isEqualTo(new PlaceTags(BUCKET, PlaceTags.Tags.UNKNOWN));
        assertThat(of(Target.object("here", "other"))).isEqualTo(new PlaceTags(BUCKET, PlaceTags.Tags.UNKNOWN));
    }

    @Test
    void ofOtherPlacesNothingWasTold() {
        assertThat(of(Target.object("there", "k"))).isEqualTo(PlaceTags.UNKNOWN);
        assertThat(of(Target.service())).isEqualTo(PlaceTags.UNKNOWN);
    }

    /** A process in an unknown body may save to any bucket of the account. */
    @Test
    void theTagsOfOneBucketAreNotThoseOfAllOfAnAccount() {
        assertThat(of(new Scope.AccountObjects("here"))).isEqualTo(PlaceTags.UNKNOWN);
    }
}

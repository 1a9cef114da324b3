package io.countersign.oss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScopeTest {
    @Test
    void aPathIsWrittenAsResourcesAre() {
        assertThat(Target.service().path()).isEqualTo("*");
        assertThat(Target.bucket("b").path()).isEqualTo("b");
        assertThat(Target.object("b", "a//b*?/").path()).isEqualTo("b/a//b*?/");
        assertThat(new Scope.ObjectPrefix("b", "").path()).isEqualTo("b/*");
        assertThat(new Scope.ObjectPrefix("b", "users/a").path()).isEqualTo("b/users/a*");
        assertThat(new Scope.AccountObjects("b").path()).isEqualTo("*/*");
    }

    @Test
    void theBucketsOfPlacesAreEachOnceAndInTheirOrder() {
        assertThat(Scope.buckets(List.of(
                        Target.object("second", "k"),
                        Target.service(),
                        new Scope.ObjectPrefix("first", "p"),
                        Target.object("second", "other"))))
                .containsExactly("second", "first");
        assertThat(Scope.buckets(List.of())).isEmpty();
    }
}

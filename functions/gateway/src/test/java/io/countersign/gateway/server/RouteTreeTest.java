package io.countersign.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A route of a tree leads to every path below its first segment, and has one name in logs and metrics. */
class RouteTreeTest {
    private static final Routes ROUTES = Routes.of(List.of(
            new Routes.Route("/uploads/", List.of("POST"), RequestLimits.BODY, (call, now) -> Reply.empty(204)),
            new Routes.Route("/", List.of("POST"), RequestLimits.BODY, (call, now) -> Reply.empty(204)),
            new Routes.Route("/health", List.of("GET"), RequestLimits.BODY, (call, now) -> Reply.empty(204))));

    @ParameterizedTest
    @ValueSource(strings = {"/uploads/", "/uploads/avatar", "/uploads/avatar/s3/multipart/a..b/1", "/uploads//"})
    void everyPathBelowIsTheTrees(String path) {
        assertThat(ROUTES.at(path))
                .hasValueSatisfying(route -> assertThat(route.face()).isEqualTo("/uploads"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/uploads",
                "/upload/avatar",
                "/Uploads/avatar",
                "//uploads/avatar",
                "/health/uploads/a",
                "/health/x",
                "/%75ploads/a"
            })
    void noOtherPathIs(String path) {
        assertThat(ROUTES.at(path)).isEmpty();
    }

    @Test
    void theRootIsOnePath() {
        assertThat(ROUTES.at("/"))
                .hasValueSatisfying(route -> assertThat(route.face()).isEqualTo("/"));
    }
}

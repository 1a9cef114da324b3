package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.config.DataSettings;
import io.countersign.gateway.config.Settings;
import io.countersign.gateway.guard.PrivateAccess;
import io.countersign.gateway.server.Routes;
import io.countersign.gateway.server.WorkerStore;
import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.registry.CacheSettings;
import io.countersign.registry.KeyRegistry;
import io.countersign.rotate.RotateFunction;
import io.countersign.rotate.RotateSettings;
import io.countersign.rotate.Rotation;
import io.countersign.settings.PropertyValues;
import io.countersign.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every endpoint that reads a body checks its size itself: no server of ours is in front of it in a Lambda. */
class OversizedBodyTest {
    private static final Instant NOW = Instant.parse("2026-11-28T03:17:09Z");

    @TempDir
    Path directory;

    @Test
    void anEndpointRefusesABodyAboveTheLimitOfItsRoute() throws Exception {
        SecureRandom random = Seeds.secure();
        Settings settings = Settings.from(PropertyValues.of(Map.of(), Map.of()));
        Set<String> checked = new TreeSet<>();
        try (OpenedData data = OpenedData.open(directory, DataSettings.EMBEDDED, random, InstantSource.system())) {
            WorkerStore store = new WorkerStore(data.store());
            KeyRegistry registry = new KeyRegistry(store, data.sealer(), CacheSettings.Bounds.DEFAULT);
            RotateFunction rotate =
                    new RotateFunction(new Rotation(data.store(), data.sealer(), RotateSettings.DEFAULT, random));
            for (Routes.Route route : Endpoints.of(
                            registry,
                            store,
                            rotate::handle,
                            (call, now) -> Reply.empty(200),
                            settings,
                            random,
                            PrivateAccess.THIS_MACHINE,
                            NoCallbackKeys.INSTANCE)
                    .shared()) {
                for (String method : List.of("POST", "PUT")) {
                    if (route.methods().contains(method)) {
                        Reply reply = route.endpoint().handle(call(method, route), NOW);
                        // /token has another status for the clients of OSS; the code is the same in all forms.
                        assertThat(reply.body().utf8()).as(route.path()).contains("BodyTooLarge");
                        checked.add(route.path());
                    }
                }
            }
        }
        assertThat(checked)
                .containsExactly(
                        "/",
                        "/acl",
                        "/callbacks/oss",
                        "/console/explain",
                        "/events",
                        "/post-policy",
                        "/presign",
                        "/sessions/revoke",
                        "/sign-content",
                        "/token",
                        "/uploads/",
                        "/verify");
    }

    private static Call call(String method, Routes.Route route) {
        byte[] body = "{}".concat(" ".repeat(route.bodyLimit() - 1)).getBytes(StandardCharsets.UTF_8);
        // A route that ends in a slash leads to what is below it.
        String path = route.path().length() > 1 && route.path().endsWith("/") ? route.path() + "name" : route.path();
        return new Call(
                method,
                path,
                Optional.empty(),
                List.of(new Header("Content-Type", "application/json")),
                Bytes.of(body),
                "127.0.0.1",
                false);
    }
}

package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.config.DataSettings;
import io.countersign.gateway.config.Settings;
import io.countersign.gateway.documents.OpenApi;
import io.countersign.gateway.guard.PrivateAccess;
import io.countersign.gateway.server.WorkerStore;
import io.countersign.http.Endpoint;
import io.countersign.http.Reply;
import io.countersign.registry.CacheSettings;
import io.countersign.registry.KeyRegistry;
import io.countersign.settings.PropertyValues;
import io.countersign.testkit.Seeds;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/openapi.yaml has every face of the gateway with all its methods, and no other. */
class OpenApiEndpointsTest {
    private static final Set<String> ANY = Set.of("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS");

    @TempDir
    Path directory;

    @Test
    void theFacesAreThoseOfTheDocument() throws Exception {
        OpenApi api = OpenApi.read();
        Map<String, Set<String>> documented = new TreeMap<>();
        api.paths()
                .forEach(path -> documented
                        .computeIfAbsent(route(path), route -> new TreeSet<>())
                        .addAll(api.methods(path)));
        assertThat(documented).isEqualTo(served());
    }

    /** One route has all paths with a name in their second segment. */
    private static String route(String path) {
        int name = path.indexOf("/{");
        return name < 0 ? path : path.substring(0, name + 1);
    }

    /** HEAD goes with GET and has no entry of its own. */
    private Map<String, Set<String>> served() throws Exception {
        SecureRandom random = Seeds.secure();
        Settings settings = Settings.from(PropertyValues.of(Map.of(), Map.of()));
        Endpoint events = (call, now) -> {
            throw new AssertionError("no event is sent");
        };
        Map<String, Set<String>> served = new TreeMap<>();
        try (OpenedData data = OpenedData.open(directory, DataSettings.EMBEDDED, random, InstantSource.system())) {
            WorkerStore store = new WorkerStore(data.store());
            KeyRegistry registry = new KeyRegistry(store, data.sealer(), CacheSettings.Bounds.DEFAULT);
            Endpoints.of(
                            registry,
                            store,
                            events,
                            (call, now) -> Reply.empty(200),
                            settings,
                            random,
                            PrivateAccess.THIS_MACHINE,
                            NoCallbackKeys.INSTANCE)
                    .shared()
                    .forEach(route -> {
                        Set<String> methods = new TreeSet<>(route.methods().isEmpty() ? ANY : route.methods());
                        if (!route.methods().isEmpty()) {
                            methods.remove("HEAD");
                        }
                        served.put(route.path(), methods);
                    });
        }
        return served;
    }
}

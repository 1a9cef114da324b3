package io.countersign.clients;

import org.junit.jupiter.api.Tag;

/** {@code infra/caddy}. */
@Tag("nginx")
class CaddyIT extends ProxyContract {
    CaddyIT() {
        super("caddy/run.sh");
    }
}

package io.countersign.clients;

import org.junit.jupiter.api.Tag;

/** {@code infra/haproxy}. */
@Tag("nginx")
class HaproxyIT extends ProxyContract {
    HaproxyIT() {
        super("haproxy/run.sh");
    }
}

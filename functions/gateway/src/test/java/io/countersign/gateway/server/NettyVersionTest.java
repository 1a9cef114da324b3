package io.countersign.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.Version;
import java.lang.module.ModuleDescriptor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Netty before 4.1.138 has known faults in what the gateway is made of; a platform that is raised or lowered must not bring an older one back. */
class NettyVersionTest {
    private static final ModuleDescriptor.Version LEAST = ModuleDescriptor.Version.parse("4.1.138");

    @Test
    void everyPartOfNettyIsNewEnough() {
        Map<String, Version> parts = Version.identify();
        assertThat(parts)
                .containsKeys("netty-codec-http", "netty-codec", "netty-handler", "netty-transport", "netty-buffer");
        parts.forEach((name, version) -> assertThat(
                        ModuleDescriptor.Version.parse(version.artifactVersion().replace(".Final", "")))
                .as(name)
                .isGreaterThanOrEqualTo(LEAST));
    }
}

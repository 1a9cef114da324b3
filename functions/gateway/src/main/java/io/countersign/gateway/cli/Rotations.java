package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.rotate.Rotation;
import io.countersign.rotate.ram.RamClient;
import java.security.SecureRandom;
import java.time.InstantSource;

/** The one rotation of a registry, whoever gives it its events: the server or a command. */
final class Rotations {
    private Rotations() {}

    static Rotation of(OpenedData data, Settings settings, SecureRandom random, InstantSource clock) {
        RamClient ram = new RamClient(settings.rotation().ramEndpoint(), random, clock, System::nanoTime);
        return new Rotation(data.store(), data.sealer(), settings.rotation().rules(), random, ram);
    }
}

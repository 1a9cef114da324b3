package io.countersign.rotate.lambda;

import io.countersign.lambda.Deployment;
import io.countersign.rotate.Outbox;
import io.countersign.rotate.RotateFunction;
import io.countersign.rotate.RotateSettings;
import io.countersign.rotate.Rotation;
import io.countersign.rotate.ram.RamClient;
import io.countersign.rotate.ram.RamEndpoint;
import io.countersign.settings.InvalidSettingException;
import io.countersign.settings.Property;
import java.time.Duration;
import java.time.InstantSource;

/** What the function is, on one deployment. */
record RotateParts(RotateFunction face, Outbox outbox) {
    private static final Duration LEAST = Duration.ofDays(1);
    private static final Duration MOST = Duration.ofDays(3_650);

    static RotateParts on(Deployment at) throws InvalidSettingException {
        Duration tokenKeyEvery = at.values().duration(Property.ROTATION_TOKEN_KEY_EVERY, LEAST, MOST);
        RotateSettings settings = new RotateSettings(at.cache().ttl(), tokenKeyEvery);
        RamEndpoint endpoint = at.values().uri(Property.ROTATION_RAM_ENDPOINT, RamEndpoint::new);
        RamClient ram = new RamClient(endpoint, at.random(), InstantSource.system(), System::nanoTime);
        Rotation rotation = new Rotation(at.store(), at.sealer(), settings, at.random(), ram);
        return new RotateParts(new RotateFunction(rotation), new Outbox(at.store(), new Bus(at.values())));
    }
}

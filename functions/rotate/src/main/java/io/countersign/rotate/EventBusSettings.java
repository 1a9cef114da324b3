package io.countersign.rotate;

import io.countersign.settings.Setting;
import java.util.List;

/** The settings of the event bus, on which rotation as a Lambda puts its events. */
public final class EventBusSettings {
    /** The name or ARN of the bus. */
    public static final Setting BUS = Setting.optional(
            "countersign.events.bus",
            "none",
            "The event bus of EventBridge, its name or ARN, on which rotation as a Lambda puts its events.");

    /** An endpoint that replaces the region's own. */
    public static final Setting ENDPOINT = Setting.optional(
            "countersign.events.endpoint",
            "the region's own",
            "Another endpoint of EventBridge: https, or http on this machine.");

    /** The settings of this class. */
    public static final List<Setting> SETTINGS = List.of(BUS, ENDPOINT);

    private EventBusSettings() {}
}

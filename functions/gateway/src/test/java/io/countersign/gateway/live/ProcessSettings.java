package io.countersign.gateway.live;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Settings of this process, which are restored by {@code close}. */
public final class ProcessSettings implements AutoCloseable {
    private final Map<String, Optional<String>> before = new HashMap<>();

    public void set(String name, String value) {
        before.putIfAbsent(name, Optional.ofNullable(System.getProperty(name)));
        System.setProperty(name, value);
    }

    @Override
    public void close() {
        before.forEach((name, value) ->
                value.ifPresentOrElse(text -> System.setProperty(name, text), () -> System.clearProperty(name)));
        before.clear();
    }
}

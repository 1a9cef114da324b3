package io.countersign.gateway.config;

import io.countersign.settings.InvalidSettingException;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** By which names private faces on loopback may be called. */
final class HostProperties {
    private static final int MAX_HOSTS = 64;
    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,251}[a-z0-9])?");

    private HostProperties() {}

    /** @throws InvalidSettingException when a value is not a name as a Host header has it, without a port */
    static Set<String> hosts(PropertyValues values) throws InvalidSettingException {
        List<String> hosts = values.list(Property.PRIVATE_HOSTS);
        if (hosts.size() > MAX_HOSTS) {
            throw new InvalidSettingException(
                    Property.PRIVATE_HOSTS.key(), "there are more than " + MAX_HOSTS + "; list fewer");
        }
        for (String host : hosts) {
            if (!HOST.matcher(host).matches()) {
                throw new InvalidSettingException(
                        Property.PRIVATE_HOSTS.key(),
                        "expected names in lower case without scheme and port, as host.docker.internal");
            }
        }
        return Set.copyOf(hosts);
    }
}

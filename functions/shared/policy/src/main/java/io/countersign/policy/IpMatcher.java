package io.countersign.policy;

import java.util.List;
import java.util.Optional;

/** IpAddress and NotIpAddress. */
record IpMatcher(List<IpPattern> ranges) implements ValueMatcher {
    IpMatcher {
        ranges = List.copyOf(ranges);
    }

    @Override
    public Truth ask(String actual, Steps steps) {
        steps.take(1L + ranges.size());
        Optional<IpAddress> read = IpAddress.parse(actual);
        if (read.isEmpty()) {
            return Truth.UNKNOWN;
        }
        for (IpPattern range : ranges) {
            if (range.contains(read.get())) {
                return Truth.TRUE;
            }
        }
        return Truth.FALSE;
    }
}

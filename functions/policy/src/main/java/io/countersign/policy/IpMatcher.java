package io.countersign.policy;

import java.util.List;
import java.util.Optional;

/** IpAddress and NotIpAddress. */
record IpMatcher(List<IpRange> ranges) implements ValueMatcher {
    IpMatcher {
        ranges = List.copyOf(ranges);
    }

    @Override
    public Answer ask(String actual) {
        Optional<IpAddress> read = IpAddress.parse(actual);
        if (read.isEmpty()) {
            return Answer.UNREADABLE;
        }
        for (IpRange range : ranges) {
            if (range.contains(read.get())) {
                return Answer.MATCHES;
            }
        }
        return Answer.DIFFERS;
    }
}

package io.countersign.signing.base;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The {@code name=value} pairs of an Authorization header: separated by a comma and optional spaces, in any order, without duplicates (docs/protocol.md 3). */
public final class AuthorizationPairs {
    private static final int MAX_PAIRS = 3;

    private final Map<String, String> pairs;

    private AuthorizationPairs(Map<String, String> pairs) {
        this.pairs = pairs;
    }

    /**
     * @param text the value of the header after the algorithm
     * @param assign the character between name and value
     */
    public static AuthorizationPairs parse(String text, char assign) throws OssRefusal {
        Map<String, String> pairs = HashMap.newHashMap(MAX_PAIRS);
        int start = 0;
        while (start <= text.length()) {
            int end = text.indexOf(',', start);
            if (end < 0) {
                end = text.length();
            }
            String pair = HeaderLines.trim(text.substring(start, end));
            int middle = pair.indexOf(assign);
            if (middle < 1
                    || pairs.putIfAbsent(pair.substring(0, middle), pair.substring(middle + 1)) != null
                    || pairs.size() > MAX_PAIRS) {
                throw refused();
            }
            start = end + 1;
        }
        return new AuthorizationPairs(pairs);
    }

    /** The value of a required pair, which must not be empty. */
    public String take(String name) throws OssRefusal {
        String value = pairs.remove(name);
        if (value == null || value.isEmpty()) {
            throw refused();
        }
        return value;
    }

    public Optional<String> takeOptional(String name) {
        return Optional.ofNullable(pairs.remove(name));
    }

    /** Refuses pairs that were not taken. */
    public void done() throws OssRefusal {
        if (!pairs.isEmpty()) {
            throw refused();
        }
    }

    private static OssRefusal refused() {
        return new OssRefusal(
                OssError.INVALID_AUTHORIZATION,
                "The Authorization header does not have the parts of its signature version, each once.");
    }
}

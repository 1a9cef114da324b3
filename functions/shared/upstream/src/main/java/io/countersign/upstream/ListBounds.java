package io.countersign.upstream;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameters;

/** The number of entries that a list may have. */
public final class ListBounds {
    private static final int MAX = 1_000;

    private ListBounds() {}

    /**
     * @param usual OSS's number where the client names none
     * @throws OssRefusal InvalidArgument unless the value is 1 to 1000
     */
    public static int of(QueryParameters query, String name, int usual) throws OssRefusal {
        if (!query.has(name)) {
            return usual;
        }
        String text = query.first(name).orElseThrow();
        boolean digits = !text.isEmpty() && text.length() <= 4 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int count = digits ? Integer.parseInt(text) : 0;
        if (count < 1 || count > MAX) {
            throw new OssRefusal(
                    OssError.INVALID_ARGUMENT, "The parameter " + name + " is 1 to " + MAX + "; correct it.");
        }
        return count;
    }
}

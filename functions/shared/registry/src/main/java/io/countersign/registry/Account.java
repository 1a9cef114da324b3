package io.countersign.registry;

import java.util.List;

/**
 * An Alibaba Cloud account.
 *
 * @param id digits
 * @param accessKeyIds the account's own keys that are not deleted, in the order they came; at most {@link #MAX_KEYS}
 */
public record Account(String id, List<String> accessKeyIds) {
    /** Key pairs of an account, Active or not. */
    public static final int MAX_KEYS = 5;

    public Account {
        accessKeyIds = List.copyOf(accessKeyIds);
    }

    public String arn() {
        return "acs:ram::" + id + ":root";
    }
}

package io.countersign.gateway.storage;

import java.util.List;
import java.util.Map;

/** What an SDK does with a storage that is more than a place for objects: through the store port, with a store behind it. */
public interface BackedClient extends StorageClient {
    /**
     * Appends to an object.
     *
     * @return the position at which the next piece goes on
     */
    long append(String bucket, String key, long position, String content);

    void link(String bucket, String key, String target);

    /** The key that a link names. */
    String linkTarget(String bucket, String key);

    void tag(String bucket, String key, Map<String, String> tags);

    Map<String, String> tags(String bucket, String key);

    void untag(String bucket, String key);

    /** @param acl in OSS's word */
    void setAcl(String bucket, String key, String acl);

    String acl(String bucket, String key);

    /** The names of all buckets of the caller's account. */
    List<String> buckets();
}

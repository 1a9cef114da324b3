package io.countersign.clients;

import io.countersign.gateway.storage.BackedClient;
import io.countersign.gateway.storage.GuardedStorageManifest;
import io.countersign.gateway.storage.Login;
import io.countersign.gateway.storage.RefusedByStorage;
import io.countersign.json.Value;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** ali-oss from npm, at the service's own host names. */
class NodeSdk implements BackedClient {
    private final NodeClients node;
    private final Map<String, String> settings = new HashMap<>();

    /** @param version V1 or V4 */
    NodeSdk(NodeClients node, String endpoint, Login login, String version) {
        this.node = node;
        settings.put("port", Integer.toString(URI.create(endpoint).getPort()));
        settings.put("version", version);
        settings.put("accessKeyId", login.id());
        settings.put("accessKeySecret", login.secret());
        login.securityToken().ifPresent(token -> settings.put("stsToken", token));
    }

    /** Asks there for a new session before each request but the first. */
    NodeSdk refreshing(String tokenUrl, String bearer) {
        settings.put("tokenUrl", tokenUrl);
        settings.put("bearer", bearer);
        return this;
    }

    @Override
    public void put(String bucket, String key, String content) {
        ask("put", bucket, Map.of("key", key, "content", content));
    }

    @Override
    public String get(String bucket, String key) {
        return NodeClients.text(ask("get", bucket, Map.of("key", key)));
    }

    @Override
    public long size(String bucket, String key) {
        return Long.parseLong(NodeClients.text(ask("size", bucket, Map.of("key", key))));
    }

    @Override
    public List<String> list(String bucket, String prefix) {
        return NodeClients.texts(ask("list", bucket, Map.of("prefix", prefix)));
    }

    @Override
    public List<String> listAgain(String bucket, String prefix) {
        return NodeClients.texts(ask("listAgain", bucket, Map.of("prefix", prefix)));
    }

    @Override
    public void copy(String sourceBucket, String sourceKey, String bucket, String key) {
        ask("copy", bucket, Map.of("key", key, "sourceBucket", sourceBucket, "sourceKey", sourceKey));
    }

    @Override
    public void putInParts(String bucket, String key, List<String> parts) {
        Value listed = ask("putInParts", bucket, Map.of("key", key, "parts", parts));
        if (!NodeClients.text(listed).equals(Integer.toString(parts.size()))) {
            throw new AssertionError("listed " + listed + " of " + parts.size() + " parts");
        }
    }

    @Override
    public void copyInParts(String sourceBucket, String sourceKey, String bucket, String key) {
        ask("copyInParts", bucket, Map.of("key", key, "sourceBucket", sourceBucket, "sourceKey", sourceKey));
    }

    @Override
    public void abort(String bucket, String key) {
        ask("abort", bucket, Map.of("key", key));
    }

    @Override
    public void delete(String bucket, String key) {
        ask("delete", bucket, Map.of("key", key));
    }

    @Override
    public void deleteAll(String bucket, List<String> keys) {
        ask("deleteAll", bucket, Map.of("keys", keys));
    }

    @Override
    public long append(String bucket, String key, long position, String content) {
        return Long.parseLong(
                NodeClients.text(ask("append", bucket, Map.of("key", key, "position", position, "content", content))));
    }

    @Override
    public void link(String bucket, String key, String target) {
        ask("link", bucket, Map.of("key", key, "target", target));
    }

    @Override
    public String linkTarget(String bucket, String key) {
        return NodeClients.text(ask("linkTarget", bucket, Map.of("key", key)));
    }

    @Override
    public void tag(String bucket, String key, Map<String, String> tags) {
        List<String> names = List.copyOf(tags.keySet());
        ask(
                "tag",
                bucket,
                Map.of(
                        "key",
                        key,
                        "names",
                        names,
                        "values",
                        names.stream().map(tags::get).toList()));
    }

    @Override
    public Map<String, String> tags(String bucket, String key) {
        Map<String, String> tags = new HashMap<>();
        ((Value.ObjectValue) ask("tags", bucket, Map.of("key", key)))
                .members()
                .forEach((name, value) -> tags.put(name, NodeClients.text(value)));
        return tags;
    }

    @Override
    public void untag(String bucket, String key) {
        ask("untag", bucket, Map.of("key", key));
    }

    @Override
    public void setAcl(String bucket, String key, String acl) {
        ask("setAcl", bucket, Map.of("key", key, "acl", acl));
    }

    @Override
    public String acl(String bucket, String key) {
        return NodeClients.text(ask("acl", bucket, Map.of("key", key)));
    }

    /** At the host of the service itself. */
    @Override
    public List<String> buckets() {
        return NodeClients.texts(ask("buckets", GuardedStorageManifest.PRIVATE, Map.of()));
    }

    @Override
    public String presign(String bucket, String key, Instant expiration) {
        long seconds = Duration.between(Instant.now(), expiration).toSeconds();
        return NodeClients.text(ask("presign", bucket, Map.of("key", key, "seconds", Long.toString(seconds))));
    }

    @Override
    public void close() {}

    private Value ask(String operation, String bucket, Map<String, Object> given) {
        Map<String, String> here = new HashMap<>(settings);
        here.put("bucket", bucket);
        try {
            return node.ask(operation, here, given);
        } catch (RefusedByServer e) {
            throw new RefusedByStorage(e.code(), String.valueOf(e.getMessage()));
        }
    }
}

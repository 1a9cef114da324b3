package io.countersign.clients;

import io.countersign.gateway.storage.Login;
import io.countersign.gateway.storage.RefusedByStorage;
import io.countersign.gateway.storage.StorageClient;
import io.countersign.json.Value;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** ali-oss from npm, at the service's own host names. */
class NodeSdk implements StorageClient {
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

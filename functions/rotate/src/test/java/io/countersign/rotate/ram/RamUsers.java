package io.countersign.rotate.ram;

import io.countersign.alibaba.Acs3Received;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The contents of the small RAM, and its answers to requests. Not safe for threads: {@link RamServer} sees to that. */
final class RamUsers {
    private static final int MAX_KEYS = 2;

    private final Map<String, List<RamKey>> users = new HashMap<>();
    private final Set<String> nonces = new HashSet<>();
    private final InstantSource clock;
    private Duration delay = Duration.ZERO;
    private int made;
    private int most;

    RamUsers(InstantSource clock) {
        this.clock = clock;
    }

    void seenLater(Duration later) {
        delay = later;
    }

    void user(String name) {
        users.putIfAbsent(name, new ArrayList<>());
    }

    void put(String user, RamKey key) {
        user(user);
        users.get(user).add(key);
    }

    void remove(String user, String id) {
        users.getOrDefault(user, new ArrayList<>()).removeIf(key -> key.id().equals(id));
    }

    void deactivate(String user, String id) {
        users.getOrDefault(user, new ArrayList<>()).replaceAll(key -> key.id().equals(id) ? key.inactive() : key);
    }

    List<RamKey> keys(String user) {
        return List.copyOf(users.getOrDefault(user, List.of()));
    }

    int most() {
        return most;
    }

    /** Acts, once the signature, the date and the nonce hold. */
    RamReply answer(Acs3Received request) {
        Optional<String> id = request.accessKeyId("2015-05-01");
        if (id.isEmpty()) {
            return RamReply.error(400, "IncompleteSignature");
        }
        String user = "";
        Optional<RamKey> signer = Optional.empty();
        for (Map.Entry<String, List<RamKey>> entry : users.entrySet()) {
            for (RamKey key : entry.getValue()) {
                if (key.id().equals(id.get()) && !key.seenFrom().isAfter(clock.instant())) {
                    user = entry.getKey();
                    signer = Optional.of(key);
                }
            }
        }
        if (signer.isEmpty()) {
            return RamReply.error(404, "InvalidAccessKeyId.NotFound");
        }
        if (!signer.get().active()) {
            return RamReply.error(400, "InvalidAccessKeyId.Inactive");
        }
        Optional<String> refusal = request.refusal(signer.get().secret(), clock.instant(), nonces);
        if (refusal.isPresent()) {
            return RamReply.error(400, refusal.get());
        }
        return act(request, user);
    }

    private RamReply act(Acs3Received request, String caller) {
        Map<String, String> parameters = request.parameters();
        String user = parameters.getOrDefault("UserName", caller);
        List<RamKey> keys = users.get(user);
        if (keys == null) {
            return RamReply.error(404, "EntityNotExist.User");
        }
        if (!user.equals(caller)) {
            return RamReply.error(403, "NoPermission");
        }
        String about = parameters.getOrDefault("UserAccessKeyId", "");
        boolean known = keys.stream()
                .anyMatch(key -> key.id().equals(about) && !key.seenFrom().isAfter(clock.instant()));
        return switch (request.action()) {
            case "ListAccessKeys" -> new RamReply(200, list(keys));
            case "CreateAccessKey" ->
                keys.size() >= MAX_KEYS ? RamReply.error(409, "LimitExceeded.User.AccessKey") : create(keys);
            case "UpdateAccessKey" -> {
                if (!known) {
                    yield RamReply.error(404, "EntityNotExist.User.AccessKey");
                }
                if (!"Inactive".equals(parameters.get("Status"))) {
                    yield RamReply.error(400, "InvalidParameter.Status");
                }
                deactivate(user, about);
                yield new RamReply(200, "{\"RequestId\":\"r\"}");
            }
            case "DeleteAccessKey" -> {
                if (!known) {
                    yield RamReply.error(404, "EntityNotExist.User.AccessKey");
                }
                remove(user, about);
                yield new RamReply(200, "{\"RequestId\":\"r\"}");
            }
            default -> RamReply.error(400, "InvalidAction.NotFound");
        };
    }

    private RamReply create(List<RamKey> keys) {
        made++;
        Instant now = clock.instant();
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        RamKey key = new RamKey(
                "LTAI5tMadeByRam%08d".formatted(made),
                "ramMadeThisSecret%08d".formatted(made),
                true,
                second,
                now.plus(delay));
        keys.add(key);
        most = Math.max(most, keys.size());
        return new RamReply(
                200,
                "{\"RequestId\":\"r\",\"AccessKey\":{\"AccessKeyId\":\"%s\",\"AccessKeySecret\":\"%s\",\"Status\":\"Active\",\"CreateDate\":\"%s\"}}"
                        .formatted(key.id(), key.secret(), key.createdAt()));
    }

    private String list(List<RamKey> keys) {
        List<String> texts = keys.stream()
                .filter(key -> !key.seenFrom().isAfter(clock.instant()))
                .map(key -> "{\"AccessKeyId\":\"%s\",\"Status\":\"%s\",\"CreateDate\":\"%s\"}"
                        .formatted(
                                key.id(),
                                key.active() ? "Active" : "Inactive",
                                key.createdAt().truncatedTo(ChronoUnit.SECONDS)))
                .toList();
        return "{\"RequestId\":\"r\",\"AccessKeys\":{\"AccessKey\":[" + String.join(",", texts) + "]}}";
    }
}

package io.countersign.gateway.cli;

import io.countersign.json.JsonText;
import io.countersign.registry.IdSyntax;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whose sessions a command is about. */
public sealed interface SessionsOf {
    /** How they are named to the user. */
    String label();

    /** The option that names them, as a member of JSON. */
    String member();

    /** By what they are named there. */
    String named();

    default String json(Instant revokedBefore) {
        return JsonText.object(json -> json.put(member(), named()).put("revokedBefore", revokedBefore.toString()));
    }

    record Role(String accountId, String name) implements SessionsOf {
        @Override
        public String label() {
            return "the role " + named();
        }

        @Override
        public String member() {
            return "role";
        }

        @Override
        public String named() {
            return "acs:ram::" + accountId + ":role/" + name;
        }
    }

    record Provider(String accountId, String name) implements SessionsOf {
        @Override
        public String label() {
            return "the provider " + named();
        }

        @Override
        public String member() {
            return "provider";
        }

        @Override
        public String named() {
            return "acs:ram::" + accountId + ":oidc-provider/" + name;
        }
    }

    record AccessKey(String id) implements SessionsOf {
        @Override
        public String label() {
            return "the access key " + id;
        }

        @Override
        public String member() {
            return "accessKeyId";
        }

        @Override
        public String named() {
            return id;
        }
    }

    /** Of these exactly one is given; empty when it is not what the registry could hold. */
    static Optional<SessionsOf> parse(Optional<String> role, Optional<String> provider, Optional<String> accessKey) {
        if (role.isPresent()) {
            return named(role.get(), "role", Role::new);
        }
        if (provider.isPresent()) {
            return named(provider.get(), "oidc-provider", Provider::new);
        }
        return accessKey.filter(IdSyntax::isAccessKeyId).map(AccessKey::new);
    }

    private static Optional<SessionsOf> named(
            String arn, String kind, BiFunction<String, String, SessionsOf> constructor) {
        Matcher matcher = Pattern.compile("acs:ram::([^:]*):" + kind + "/(.*)").matcher(arn);
        return matcher.matches() && IdSyntax.isAccountId(matcher.group(1)) && IdSyntax.isRamName(matcher.group(2))
                ? Optional.of(constructor.apply(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }
}

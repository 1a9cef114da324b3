package io.countersign.gateway.cli;

import io.countersign.registry.Shapes;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whose sessions a command is about. */
public sealed interface SessionsOf {
    /** How they are named to the user. */
    String label();

    record Role(String accountId, String name) implements SessionsOf {
        @Override
        public String label() {
            return "the role acs:ram::" + accountId + ":role/" + name;
        }
    }

    record Provider(String accountId, String name) implements SessionsOf {
        @Override
        public String label() {
            return "the provider acs:ram::" + accountId + ":oidc-provider/" + name;
        }
    }

    record AccessKey(String id) implements SessionsOf {
        @Override
        public String label() {
            return "the access key " + id;
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
        return accessKey.filter(Shapes::isAccessKeyId).map(AccessKey::new);
    }

    private static Optional<SessionsOf> named(
            String arn, String kind, BiFunction<String, String, SessionsOf> constructor) {
        Matcher matcher = Pattern.compile("acs:ram::([^:]*):" + kind + "/(.*)").matcher(arn);
        return matcher.matches() && Shapes.isAccountId(matcher.group(1)) && Shapes.isRamName(matcher.group(2))
                ? Optional.of(constructor.apply(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }
}

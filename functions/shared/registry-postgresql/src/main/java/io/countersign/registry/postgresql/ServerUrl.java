package io.countersign.registry.postgresql;

import io.countersign.http.LoopbackHost;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The address of a database. It has no secret: a URL with a user, a password or another property that is not known
 * here is refused.
 *
 * @param hosts one or more, each with an optional port; the driver uses the one that accepts writes
 * @param encrypted whether the server's certificate and name are verified; always beyond loopback
 * @param rootCertificate the file of the authorities that may sign the server's certificate; empty means those that
 *     this Java trusts
 */
public record ServerUrl(List<String> hosts, String database, boolean encrypted, Optional<String> rootCertificate) {
    private static final String EXPECTED = "expected jdbc:postgresql://host:5432/database, with several hosts separated"
            + " by commas where one takes over from another";
    private static final String HOST = "(?:[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:]{2,45}])(?::[0-9]{1,5})?";
    private static final Pattern URL = Pattern.compile(
            "jdbc:postgresql://(" + HOST + "(?:," + HOST + "){0,15})/([A-Za-z0-9_-]{1,63})(?:\\?(.*))?");
    private static final Pattern PORT = Pattern.compile(":[0-9]+$");
    private static final Pattern PROPERTY = Pattern.compile("([A-Za-z]+)=([A-Za-z0-9._/-]+)");

    private static final String SSL_MODE = "sslmode";
    private static final String SSL_ROOT = "sslrootcert";
    private static final String VERIFIED = "verify-full";

    public ServerUrl {
        hosts = List.copyOf(hosts);
    }

    /** @throws IllegalArgumentException for another form; the message says what is expected and repeats no value */
    public static ServerUrl of(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException(EXPECTED);
        }
        List<String> hosts = List.of(parts.group(1).split(","));
        Map<String, String> properties = properties(Optional.ofNullable(parts.group(3)));
        boolean loopback = hosts.stream()
                .allMatch(host -> LoopbackHost.matches(PORT.matcher(host).replaceFirst("")));
        String mode = properties.getOrDefault(SSL_MODE, loopback ? "disable" : VERIFIED);
        return switch (mode) {
            case VERIFIED -> new ServerUrl(hosts, parts.group(2), true, Optional.ofNullable(properties.get(SSL_ROOT)));
            case "disable" -> {
                if (!loopback) {
                    throw lessThanVerified();
                }
                yield new ServerUrl(hosts, parts.group(2), false, Optional.empty());
            }
            default -> throw lessThanVerified();
        };
    }

    private static IllegalArgumentException lessThanVerified() {
        return new IllegalArgumentException("expected sslmode=" + VERIFIED
                + ", because anyone on the network path could read and change the records otherwise; on loopback"
                + " sslmode=disable is allowed too");
    }

    private static Map<String, String> properties(Optional<String> query) {
        Map<String, String> properties = new HashMap<>();
        for (String each :
                query.stream().flatMap(text -> Stream.of(text.split("&", -1))).toList()) {
            Matcher property = PROPERTY.matcher(each);
            boolean known = property.matches()
                    && (property.group(1).equals(SSL_MODE) || property.group(1).equals(SSL_ROOT));
            if (!known) {
                throw new IllegalArgumentException("expected no property other than " + SSL_MODE + " and " + SSL_ROOT
                        + "; the user and the file of the password have settings of their own");
            }
            if (properties.putIfAbsent(property.group(1), property.group(2)) != null) {
                throw new IllegalArgumentException("expected each property once");
            }
        }
        return properties;
    }

    /** The URL for the driver, without properties. */
    String jdbc() {
        return "jdbc:postgresql://" + String.join(",", hosts) + "/" + database;
    }

    /** The database in messages. */
    String name() {
        return database + " at " + String.join(",", hosts);
    }
}

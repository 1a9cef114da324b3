package io.countersign.verify.explain;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The values of an error as a sentence may show them: bounded, without control characters, secrets and signatures. */
record AnswerValues(ServerError error, Optional<SeenRequest> request) {
    private static final int MAX = 120;
    private static final Map<String, String> PRINCIPALS = Map.of(
            "SubUser", "the RAM user",
            "AssumedRoleUser", "the role's session",
            "Federated", "the federated user",
            "Account", "the account",
            "Anonymous", "an anonymous caller");

    Optional<String> value(String name) {
        return switch (name) {
            case "clock" -> between("ServerTime", "RequestTime").map(AnswerValues::clock);
            case "since" ->
                between("Expires", "ServerTime")
                        .filter(length -> !length.isNegative())
                        .map(Refusals.Lengths::of);
            case "who" -> who();
            case "referer" -> referer();
            case "Message" ->
                Optional.of(error.message()).filter(text -> !text.isBlank()).map(AnswerValues::shown);
            default -> error.element(name).map(AnswerValues::shown);
        };
    }

    private Optional<String> who() {
        return error.element("AuthPrincipalType").map(type -> {
            String name = error.element("AuthPrincipalDisplayName")
                    .map(text -> " " + ShownText.Quoted.of(text))
                    .orElse("");
            String account = error.element("AuthPrincipalOwnerId")
                    .map(text -> " of the account " + shown(text))
                    .orElse("");
            return sentence(PRINCIPALS.getOrDefault(type, shown(type)))
                    + name
                    + (type.equals("Account") ? "" : account);
        });
    }

    /** Without its query, which may contain secrets. */
    private Optional<String> referer() {
        return request.flatMap(seen -> seen.headers().first("referer"))
                .map(text -> text.split("[?#]", 2)[0])
                .filter(text -> !text.isBlank())
                .map(AnswerValues::shown);
    }

    private Optional<Duration> between(String from, String to) {
        return moment(from).flatMap(begin -> moment(to).map(end -> Duration.between(begin, end)));
    }

    private Optional<Instant> moment(String name) {
        try {
            return error.element(name).map(String::strip).map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String clock(Duration off) {
        return Refusals.Lengths.of(off.abs()) + (off.isNegative() ? " behind" : " ahead of");
    }

    private static String sentence(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static String shown(String text) {
        String masked = ShownText.of(text.strip()).replaceAll("\\p{Cntrl}", "?");
        return masked.length() > MAX ? masked.substring(0, MAX) + "..." : masked;
    }
}

package io.countersign.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An example of each operator and key that a Condition may use. */
public final class ConditionNames {
    private ConditionNames() {}

    /** As documents write them. */
    public static Set<String> operators() {
        return Arrays.stream(ConditionOperator.values())
                .map(operator -> written(operator.name()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** As documents write them; those of tags up to the slash. */
    public static Set<String> keys() {
        Stream<String> request = Arrays.stream(ConditionKey.values()).map(ConditionKey::text);
        Stream<String> tags = Arrays.stream(ClauseKey.TagFamily.values()).map(ClauseKey.TagFamily::prefix);
        return Stream.of(request, tags, Stream.of(new ClauseKey.OfPrincipal().text()))
                .flatMap(names -> names)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** {@code STRING_EQUALS} is written {@code StringEquals}. */
    private static String written(String constant) {
        String name = Arrays.stream(constant.split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        return ConditionOperator.of(name).map(known -> name).orElseThrow();
    }
}

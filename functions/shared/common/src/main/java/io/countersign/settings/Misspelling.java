package io.countersign.settings;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An environment variable that is most likely meant to be a setting: one letter or underscore is missing, too many or another one, or
 * two beside each other have changed places.
 *
 * @param variable as it is in the environment, where it has no effect
 * @param meant the variable of the setting
 */
public record Misspelling(String variable, String meant) {
    /** The variables that are no setting and are near one, by name. */
    public static List<Misspelling> of(Set<String> environment, List<Setting> settings) {
        List<String> known = settings.stream()
                .flatMap(setting -> Stream.concat(
                        Stream.of(setting.variable()),
                        setting.formerNames().stream().map(Setting::variable)))
                .toList();
        return environment.stream()
                .filter(variable -> variable.startsWith(Setting.variable(Setting.PREFIX)) && !known.contains(variable))
                .flatMap(variable -> known.stream()
                        .filter(meant -> isNear(variable, meant))
                        .limit(1)
                        .map(meant -> new Misspelling(variable, meant)))
                .sorted(Comparator.comparing(Misspelling::variable))
                .toList();
    }

    private static boolean isNear(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        int longer = Math.max(one.length(), other.length());
        int start = 0;
        while (start < shorter && one.charAt(start) == other.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
            end++;
        }
        int different = longer - start - end;
        boolean swapped = different == 2
                && shorter == longer
                && one.charAt(start) == other.charAt(start + 1)
                && one.charAt(start + 1) == other.charAt(start);
        return different == 1 || swapped;
    }
}

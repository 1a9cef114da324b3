package io.countersign.signing.v1;

import io.countersign.oss.QueryParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The ways to read the text after a {@code ?} of a V1 resource as signed parameters: each {@code &} separates, or belongs to the value before it. */
final class V1ParameterSplits {
    private final Predicate<String> signed;
    private final int max;

    /** @param max how many ways to follow at once: a bound on time and memory whatever the text */
    V1ParameterSplits(Predicate<String> signed, int max) {
        this.signed = signed;
        this.max = max;
    }

    /** Each way once; none when the text cannot be parameters; absent when there are too many to follow. */
    Optional<List<List<QueryParameter>>> of(String text) {
        List<List<QueryParameter>> ways = List.of(List.of());
        for (String piece : text.split("&", -1)) {
            ways = extended(ways, piece);
            if (ways.isEmpty()) {
                return Optional.of(List.of());
            }
            if (ways.size() > max) {
                return Optional.empty();
            }
        }
        return Optional.of(ways);
    }

    private List<List<QueryParameter>> extended(List<List<QueryParameter>> ways, String piece) {
        List<List<QueryParameter>> longer = new ArrayList<>();
        for (List<QueryParameter> way : ways) {
            if (!way.isEmpty() && way.getLast().assigned()) {
                QueryParameter last = way.getLast();
                longer.add(with(
                        way.subList(0, way.size() - 1), QueryParameter.of(last.name(), last.value() + "&" + piece)));
            }
            if (startsParameter(piece, way)) {
                longer.add(with(way, parameter(piece)));
            }
        }
        return longer;
    }

    /** Parameters stand sorted by name in a resource, so a name that is not greater than the one before cannot begin one. */
    private boolean startsParameter(String piece, List<QueryParameter> before) {
        String name = parameter(piece).name();
        return signed.test(name) && (before.isEmpty() || before.getLast().name().compareTo(name) < 0);
    }

    private static QueryParameter parameter(String piece) {
        int equals = piece.indexOf('=');
        return equals < 0
                ? QueryParameter.bare(piece)
                : QueryParameter.of(piece.substring(0, equals), piece.substring(equals + 1));
    }

    private static List<QueryParameter> with(List<QueryParameter> before, QueryParameter last) {
        List<QueryParameter> more = new ArrayList<>(before);
        more.add(last);
        return List.copyOf(more);
    }
}

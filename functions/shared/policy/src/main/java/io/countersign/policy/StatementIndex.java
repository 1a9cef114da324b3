package io.countersign.policy;

import static io.countersign.policy.PrefixTree.NOWHERE;
import static io.countersign.policy.PrefixTree.ROOT;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An index of the statements of one effect by the prefixes of their paths and then of their actions. It is built
 * before variables are filled in, so that all fillings of a document share it; it uses the part of a path before its
 * first variable. docs/adr/0027-policy-index.md has the measurements.
 *
 * <p>The index excludes only statements that cannot match: the first match is the one that a linear search would find.
 * No statement is found twice for one path, because its heads are {@linkplain Head#lean lean}.
 */
final class StatementIndex {
    private static final int[] NONE = {};
    private static final PrefixTree<int[]> NO_ACTION = PrefixTree.of(Map.of(), NONE);

    private final Statement.Effect effect;
    private final PrefixTree<PrefixTree<int[]>> byPath;

    private StatementIndex(Statement.Effect effect, PrefixTree<PrefixTree<int[]>> byPath) {
        this.effect = effect;
        this.byPath = byPath;
    }

    static StatementIndex of(List<StatementSource> sources, Statement.Effect effect) {
        Map<Head, Map<Head, int[]>> places = new HashMap<>();
        for (StatementSource source : sources) {
            if (source.effect() == effect) {
                List<Head> actions = source.actions().beginnings();
                for (Head path : source.beginnings()) {
                    Map<Head, int[]> ofPath = places.computeIfAbsent(path, head -> new HashMap<>());
                    actions.forEach(action -> ofPath.merge(action, new int[] {source.index()}, StatementIndex::joined));
                }
            }
        }
        Map<Head, PrefixTree<int[]>> byPath = new HashMap<>();
        places.forEach((path, ofPath) -> byPath.put(path, PrefixTree.of(ofPath, NONE)));
        return new StatementIndex(effect, PrefixTree.of(byPath, NO_ACTION));
    }

    /**
     * Returns the first statement that applies.
     *
     * @param statements all statements of the document by index, empty for those that cannot match
     */
    Optional<Statement> first(AuthorizationQuery query, List<Optional<Statement>> statements) {
        boolean meetsMore = query.resource().span() != ResourceName.Span.ONE && effect.applies(query.doubt());
        int first = meetsMore ? firstMet(query, statements) : firstOnTheWay(query, statements);
        return first < statements.size() ? statements.get(first) : Optional.empty();
    }

    /**
     * Returns the statements that would match for some values of the unknown keys, in their order.
     *
     * @param statements as for {@link #first}
     */
    List<Statement> undecided(AuthorizationQuery query, List<Optional<Statement>> statements) {
        return places(query)
                .mapToObj(statements::get)
                .flatMap(Optional::stream)
                .filter(statement -> statement.isUndecided(query))
                .toList();
    }

    private int firstOnTheWay(AuthorizationQuery query, List<Optional<Statement>> statements) {
        String path = query.resource().path();
        int first = statements.size();
        for (int node = ROOT; node != NOWHERE; node = byPath.next(node, path)) {
            query.budget().take(1);
            first = firstOf(byPath.open(node), query, statements, first);
            if (byPath.endsAt(node, path)) {
                first = firstOf(byPath.closed(node), query, statements, first);
            }
        }
        return first;
    }

    private static int firstOf(
            PrefixTree<int[]> byAction, AuthorizationQuery query, List<Optional<Statement>> statements, int before) {
        String action = query.action();
        int first = before;
        for (int node = ROOT; node != NOWHERE; node = byAction.next(node, action)) {
            first = firstOf(byAction.open(node), query, statements, first);
            if (byAction.endsAt(node, action)) {
                first = firstOf(byAction.closed(node), query, statements, first);
            }
        }
        return first;
    }

    private static int firstOf(
            int[] places, AuthorizationQuery query, List<Optional<Statement>> statements, int before) {
        for (int place : places) {
            if (place >= before) {
                return before;
            }
            Optional<Statement> statement = statements.get(place);
            if (statement.isPresent() && statement.get().matches(query)) {
                return place;
            }
        }
        return before;
    }

    /**
     * Returns the first statement that matches any of the paths, including statements whose own paths extend the
     * prefix.
     */
    private int firstMet(AuthorizationQuery query, List<Optional<Statement>> statements) {
        return firstOf(places(query).toArray(), query, statements, statements.size());
    }

    /** Returns the indexes of all candidates, in their order. */
    private IntStream places(AuthorizationQuery query) {
        BitSet places = new BitSet();
        byPath.around(query.resource().path(), byAction -> addPlaces(byAction, query, places));
        return places.stream();
    }

    private static void addPlaces(PrefixTree<int[]> byAction, AuthorizationQuery query, BitSet into) {
        String action = query.action();
        for (int node = ROOT; node != NOWHERE; node = byAction.next(node, action)) {
            query.budget().take(1 + byAction.open(node).length + byAction.closed(node).length);
            Arrays.stream(byAction.open(node)).forEach(into::set);
            if (byAction.endsAt(node, action)) {
                Arrays.stream(byAction.closed(node)).forEach(into::set);
            }
        }
    }

    private static int[] joined(int[] places, int[] more) {
        int[] all = Arrays.copyOf(places, places.length + more.length);
        System.arraycopy(more, 0, all, places.length, more.length);
        return all;
    }
}

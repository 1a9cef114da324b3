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
 * Where the statements of one effect stand in their document, found by how the paths and then the actions begin that they speak of. It is made from
 * what is written, before variables are filled in, so that all fillings of a document share it; of a path it knows what stands before the first variable.
 *
 * <p>It only leaves out what cannot match: the first statement that matches is the one that asking all in their order would find. For one path no
 * statement is found twice, because its heads are {@linkplain Head#lean lean}.
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
     * The first statement that matches.
     *
     * @param statements all of the document by their places, without those that can match nothing
     */
    Optional<Statement> first(AuthorizationQuery asked, List<Optional<Statement>> statements) {
        boolean meetsMore = asked.resource().span() != ResourceName.Span.ONE && effect.applies(asked.doubt());
        int first = meetsMore ? firstMet(asked, statements) : firstOnTheWay(asked, statements);
        return first < statements.size() ? statements.get(first) : Optional.empty();
    }

    /**
     * Those that would match if keys that are unknown had the values that they ask for, in their order.
     *
     * @param statements as for {@link #first}
     */
    List<Statement> undecided(AuthorizationQuery asked, List<Optional<Statement>> statements) {
        return places(asked)
                .mapToObj(statements::get)
                .flatMap(Optional::stream)
                .filter(statement -> statement.isUndecided(asked))
                .toList();
    }

    private int firstOnTheWay(AuthorizationQuery asked, List<Optional<Statement>> statements) {
        String path = asked.resource().path();
        int first = statements.size();
        for (int node = ROOT; node != NOWHERE; node = byPath.next(node, path)) {
            asked.steps().take(1);
            first = firstOf(byPath.open(node), asked, statements, first);
            if (byPath.endsAt(node, path)) {
                first = firstOf(byPath.closed(node), asked, statements, first);
            }
        }
        return first;
    }

    private static int firstOf(
            PrefixTree<int[]> byAction, AuthorizationQuery asked, List<Optional<Statement>> statements, int before) {
        String action = asked.action();
        int first = before;
        for (int node = ROOT; node != NOWHERE; node = byAction.next(node, action)) {
            first = firstOf(byAction.open(node), asked, statements, first);
            if (byAction.endsAt(node, action)) {
                first = firstOf(byAction.closed(node), asked, statements, first);
            }
        }
        return first;
    }

    private static int firstOf(
            int[] places, AuthorizationQuery asked, List<Optional<Statement>> statements, int before) {
        for (int place : places) {
            if (place >= before) {
                return before;
            }
            Optional<Statement> statement = statements.get(place);
            if (statement.isPresent() && statement.get().matches(asked)) {
                return place;
            }
        }
        return before;
    }

    /** The first that meets any of the paths, also one whose own paths go on behind where these begin. */
    private int firstMet(AuthorizationQuery asked, List<Optional<Statement>> statements) {
        return firstOf(places(asked).toArray(), asked, statements, statements.size());
    }

    /** All that may have to do with what is asked, in their order. */
    private IntStream places(AuthorizationQuery asked) {
        BitSet places = new BitSet();
        byPath.around(asked.resource().path(), byAction -> addPlaces(byAction, asked, places));
        return places.stream();
    }

    private static void addPlaces(PrefixTree<int[]> byAction, AuthorizationQuery asked, BitSet into) {
        String action = asked.action();
        for (int node = ROOT; node != NOWHERE; node = byAction.next(node, action)) {
            asked.steps().take(1 + byAction.open(node).length + byAction.closed(node).length);
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

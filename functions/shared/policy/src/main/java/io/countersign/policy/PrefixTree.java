package io.countersign.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A radix tree of values by {@link Head}. All heads that match a text are on one path from the root, whose length
 * depends on the text and not on the number of heads. Nodes are numbers, so that walking the path allocates nothing:
 *
 * <pre>{@code
 * for (int node = PrefixTree.ROOT; node != PrefixTree.NOWHERE; node = tree.next(node, text)) {
 *     tree.open(node);
 *     tree.closed(node); // if tree.endsAt(node, text)
 * }
 * }</pre>
 */
final class PrefixTree<V> {
    static final int ROOT = 0;
    static final int NOWHERE = -1;

    private final List<Node<V>> nodes;

    /**
     * @param edge the text between the parent and this node
     * @param depth the length of the text from the root to this node
     * @param children ordered by the first characters of their edges, which differ
     * @param past the number after those of the node and its descendants, which are consecutive
     */
    private record Node<V>(String edge, int depth, V open, V closed, int[] children, int past) {}

    private PrefixTree(List<Node<V>> nodes) {
        this.nodes = nodes;
    }

    /** @param nothing the value of nodes without one */
    static <V> PrefixTree<V> of(Map<Head, V> values, V nothing) {
        List<String> texts =
                values.keySet().stream().map(Head::text).distinct().sorted().toList();
        Growth<V> growth = new Growth<>(values, nothing, new ArrayList<>());
        growth.grow(texts, 0, 0);
        return new PrefixTree<>(List.copyOf(growth.nodes()));
    }

    private record Growth<V>(Map<Head, V> values, V nothing, List<Node<V>> nodes) {
        /**
         * Adds the node of the common prefix of some texts, with its descendants.
         *
         * @param texts in their order, equal up to {@code depth}
         * @param above the depth of the parent
         * @return the node's number
         */
        int grow(List<String> texts, int above, int depth) {
            String text = texts.isEmpty() ? "" : texts.getFirst().substring(0, depth);
            V open = values.getOrDefault(new Head(text, true), nothing);
            V closed = values.getOrDefault(new Head(text, false), nothing);
            int number = nodes.size();
            nodes.add(new Node<>("", depth, open, closed, new int[0], 0));
            int[] children = children(texts, depth);
            nodes.set(number, new Node<>(text.substring(above), depth, open, closed, children, nodes.size()));
            return number;
        }

        private int[] children(List<String> texts, int depth) {
            List<Integer> children = new ArrayList<>();
            int from = !texts.isEmpty() && texts.getFirst().length() == depth ? 1 : 0;
            while (from < texts.size()) {
                String first = texts.get(from);
                int to = from + 1;
                while (to < texts.size() && texts.get(to).charAt(depth) == first.charAt(depth)) {
                    to++;
                }
                children.add(grow(texts.subList(from, to), depth, Head.shared(first, texts.get(to - 1))));
                from = to;
            }
            return children.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    /** Returns the next node on the path of the text, or {@link #NOWHERE}. */
    int next(int node, String text) {
        int child = child(node, text);
        return child != NOWHERE
                        && text.startsWith(
                                nodes.get(child).edge(), nodes.get(node).depth())
                ? child
                : NOWHERE;
    }

    /** The value of the open head at this node. */
    V open(int node) {
        return nodes.get(node).open();
    }

    /** The value of the closed head at this node. */
    V closed(int node) {
        return nodes.get(node).closed();
    }

    boolean endsAt(int node, String text) {
        return nodes.get(node).depth() == text.length();
    }

    /** Visits all heads with the text as a prefix, and every open head that is a prefix of the text. */
    void around(String text, Consumer<V> visitor) {
        int node = ROOT;
        for (int next = next(node, text); next != NOWHERE; next = next(node, text)) {
            visitor.accept(open(node));
            node = next;
        }
        if (endsAt(node, text)) {
            visit(node, visitor);
            return;
        }
        visitor.accept(open(node));
        int child = child(node, text);
        if (child != NOWHERE
                && nodes.get(child)
                        .edge()
                        .startsWith(text.substring(nodes.get(node).depth()))) {
            visit(child, visitor);
        }
    }

    private void visit(int top, Consumer<V> visitor) {
        for (Node<V> node : nodes.subList(top, nodes.get(top).past())) {
            visitor.accept(node.open());
            visitor.accept(node.closed());
        }
    }

    /** Returns the child whose edge begins with the next character of the text. */
    private int child(int node, String text) {
        int depth = nodes.get(node).depth();
        int[] children = nodes.get(node).children();
        int from = 0;
        int to = depth < text.length() ? children.length : 0;
        while (from < to) {
            int middle = (from + to) >>> 1;
            int order = Character.compare(nodes.get(children[middle]).edge().charAt(0), text.charAt(depth));
            if (order == 0) {
                return children[middle];
            }
            from = order < 0 ? middle + 1 : from;
            to = order < 0 ? to : middle;
        }
        return NOWHERE;
    }
}

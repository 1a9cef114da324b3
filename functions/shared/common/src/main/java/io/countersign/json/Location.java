package io.countersign.json;

/**
 * Where a value stands in its document.
 *
 * @param path members and indexes from the root, as {@code accounts[0].users[1].name}; empty for the root itself; after 256 characters it is cut, and ends in three dots
 * @param line the line of the text, from 1
 */
public record Location(String path, int line) {
    /** Every value of a document has its place, and names may be long: a small text must not become a large one. */
    private static final int MAX_PATH = 256;

    private static final String CUT = "...";

    Location member(String name, int line) {
        return isCut() ? new Location(path, line) : new Location(cut(path.isEmpty() ? name : path + "." + name), line);
    }

    Location element(int index, int line) {
        return isCut() ? new Location(path, line) : new Location(cut(path + "[" + index + "]"), line);
    }

    private boolean isCut() {
        return path.endsWith(CUT);
    }

    private static String cut(String path) {
        return path.length() > MAX_PATH ? path.substring(0, MAX_PATH) + CUT : path;
    }

    @Override
    public String toString() {
        return path.isEmpty() ? "the document" : path;
    }
}

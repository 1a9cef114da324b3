package io.countersign.json;

/**
 * Where a value stands in its document.
 *
 * @param path members and indexes from the root, as {@code accounts[0].users[1].name}; empty for the root itself
 * @param line the line of the text, from 1
 */
public record Location(String path, int line) {
    Location member(String name, int line) {
        return new Location(path.isEmpty() ? name : path + "." + name, line);
    }

    Location element(int index, int line) {
        return new Location(path + "[" + index + "]", line);
    }

    @Override
    public String toString() {
        return path.isEmpty() ? "the document" : path;
    }
}

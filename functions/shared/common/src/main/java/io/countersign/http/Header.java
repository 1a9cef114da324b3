package io.countersign.http;

/**
 * One header line.
 *
 * @param name in its original case; comparisons ignore case
 */
public record Header(String name, String value) {
    public boolean isNamed(String other) {
        return name.equalsIgnoreCase(other);
    }

    /** The name without the value, which may contain a token. */
    @Override
    public String toString() {
        return name;
    }
}

package io.countersign.http;

/**
 * One header line.
 *
 * @param name in the case it was written in; compared without regard to it
 */
public record Header(String name, String value) {
    public boolean isNamed(String other) {
        return name.equalsIgnoreCase(other);
    }

    /** The name alone: a value may hold a token. */
    @Override
    public String toString() {
        return name;
    }
}

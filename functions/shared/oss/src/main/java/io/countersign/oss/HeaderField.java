package io.countersign.oss;

/**
 * One header line.
 *
 * @param name in lower case
 * @param value as it was sent, white space at its ends included
 */
public record HeaderField(String name, String value) {
    public HeaderField {
        name = AsciiCase.lower(name);
    }
}

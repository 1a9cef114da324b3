package io.countersign.http.hostile;

/** JSON strings of any characters, whole or not: a strict writer would refuse some of them. */
public final class Quoted {
    private Quoted() {}

    /** The text as a JSON string in ASCII. */
    public static String json(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(unit -> {
            if (unit < ' ' || unit > '~' || unit == '"' || unit == '\\') {
                quoted.append(String.format("\\u%04x", unit));
            } else {
                quoted.append((char) unit);
            }
        });
        return quoted.append('"').toString();
    }
}

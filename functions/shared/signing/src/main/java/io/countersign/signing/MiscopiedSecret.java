package io.countersign.signing;

import java.util.ArrayList;
import java.util.List;

/**
 * A common wrong copy of a secret (docs/protocol.md 11, trouble 18), for diagnosis only. It must never affect a decision.
 *
 * @param slip the difference from the secret in words: {@code a space at its end}
 */
public record MiscopiedSecret(String slip, Secret secret) {
    /** The common wrong copies of a secret, the most likely first; none equals the secret. */
    public static List<MiscopiedSecret> of(Secret secret) {
        String text = secret.reveal();
        List<MiscopiedSecret> copies = new ArrayList<>(12);
        add(copies, text, "a space at its end", text + " ");
        add(copies, text, "a line feed at its end", text + "\n");
        add(copies, text, "a carriage return and a line feed at its end", text + "\r\n");
        add(copies, text, "a carriage return at its end", text + "\r");
        add(copies, text, "a tab at its end", text + "\t");
        add(copies, text, "a space at its beginning", " " + text);
        add(copies, text, "a space at both ends", " " + text + " ");
        add(copies, text, "double quotes around it", '"' + text + '"');
        add(copies, text, "single quotes around it", "'" + text + "'");
        add(copies, text, "a byte order mark at its beginning", '\uFEFF' + text);
        add(copies, text, "a no-break space at its end", text + '\u00A0');
        add(copies, text, "no white space at its ends, where the secret has some", text.strip());
        return List.copyOf(copies);
    }

    private static void add(List<MiscopiedSecret> copies, String text, String slip, String copy) {
        if (!copy.isEmpty() && copy.length() <= Secret.MAX_LENGTH && copy.length() != text.length()) {
            copies.add(new MiscopiedSecret(slip, Secret.of(copy)));
        }
    }
}

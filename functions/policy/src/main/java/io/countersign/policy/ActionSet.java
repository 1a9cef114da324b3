package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Action or, inverted, the NotAction of a statement. Entries are {@code oss:NAME}, {@code sts:NAME} (not in bucket policies) or
 * {@code *}; upper and lower case are alike, as RAM's help has it for nearly all services.
 */
record ActionSet(List<Glob> patterns, boolean inverted) {
    private static final String OSS = "oss:";
    private static final String STS = "sts:";

    static ActionSet parse(List<Text> entries, boolean inverted, PolicyKind kind) throws InvalidDocumentException {
        List<Glob> patterns = new ArrayList<>();
        for (Text entry : entries) {
            patterns.add(pattern(entry, kind));
        }
        return new ActionSet(List.copyOf(patterns), inverted);
    }

    /** @param foldedAction through {@link Letters#fold(String)}, once for all statements */
    boolean speaksOf(String foldedAction) {
        for (Glob pattern : patterns) {
            if (pattern.matches(foldedAction)) {
                return !inverted;
            }
        }
        return inverted;
    }

    private static Glob pattern(Text entry, PolicyKind kind) throws InvalidDocumentException {
        Template template = Template.parse(entry.text(), true, false, entry.at());
        String folded = Letters.fold(entry.text());
        boolean named = folded.startsWith(OSS) || folded.startsWith(STS) && kind != PolicyKind.BUCKET;
        if (!template.isEverything() && !(named && isName(folded.substring(OSS.length())))) {
            throw entry.refused("not an action; write oss:NAME" + (kind == PolicyKind.BUCKET ? "" : ", sts:NAME")
                    + " with * and ? as wildcards, or * alone");
        }
        return template.fill(Map.of()).folded();
    }

    private static boolean isName(String folded) {
        return !folded.isEmpty() && folded.chars().allMatch(c -> c >= 'a' && c <= 'z' || c == '*' || c == '?');
    }
}

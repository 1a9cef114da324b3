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
    /** More beginnings than these would make a statement's places in an index too many. */
    private static final int MANY = 4;

    static ActionSet parse(List<Text> entries, boolean inverted, PolicyKind kind) throws InvalidDocumentException {
        List<Glob> patterns = new ArrayList<>();
        for (Text entry : entries) {
            patterns.add(pattern(entry, kind));
        }
        return new ActionSet(List.copyOf(patterns), inverted);
    }

    /** @param action in lower case, once for all statements */
    boolean speaksOf(String action) {
        for (Glob pattern : patterns) {
            if (pattern.matches(action)) {
                return !inverted;
            }
        }
        return inverted;
    }

    /** How all actions begin that this speaks of. */
    List<Head> beginnings() {
        List<Head> heads = inverted
                ? List.of(Head.ANY)
                : Head.lean(patterns.stream().map(Glob::beginning).toList());
        return heads.size() > MANY ? List.of(Head.common(heads)) : heads;
    }

    private static Glob pattern(Text entry, PolicyKind kind) throws InvalidDocumentException {
        String lower = Letters.lower(entry.text());
        Template template = Template.parse(lower, true, false, entry.at());
        boolean named = lower.startsWith(OSS) || lower.startsWith(STS) && kind != PolicyKind.BUCKET;
        if (!template.isEverything() && !(named && isName(lower.substring(OSS.length())))) {
            throw entry.refused("not an action; write oss:NAME" + (kind == PolicyKind.BUCKET ? "" : ", sts:NAME")
                    + " with * and ? as wildcards, or * alone");
        }
        return template.fill(Map.of());
    }

    private static boolean isName(String lower) {
        return !lower.isEmpty()
                && lower.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '*' || c == '?');
    }
}

package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Action or, inverted, the NotAction of a statement: {@code SERVICE:NAME} each, or {@code *}; only {@code oss} in
 * bucket policies. Actions are case-insensitive, as RAM's help says for nearly all services. Actions of services that
 * are not served here match no request, and a NotAction with them excludes none.
 */
record ActionSet(List<Glob> patterns, boolean inverted) {
    static final String OSS = "oss";
    static final String STS = "sts";

    private static final String NAMES = "abcdefghijklmnopqrstuvwxyz0123456789";
    /** The service prefix of another cloud, which is a mistake. */
    private static final String FOREIGN_CLOUD = "s3";
    /** With more prefixes, a statement would have too many entries in an index. */
    private static final int MANY = 4;

    static ActionSet parse(List<LocatedString> entries, boolean inverted, PolicyDocument.Kind kind)
            throws InvalidDocumentException {
        List<Glob> patterns = new ArrayList<>();
        for (LocatedString entry : entries) {
            patterns.add(pattern(entry, kind));
        }
        return new ActionSet(List.copyOf(patterns), inverted);
    }

    /** @param action in lower case, converted once for all statements */
    boolean speaksOf(String action, StepBudget budget) {
        for (Glob pattern : patterns) {
            if (pattern.matches(action, budget)) {
                return !inverted;
            }
        }
        return inverted;
    }

    /** The prefixes of all actions that match. */
    List<Head> beginnings() {
        List<Head> heads = inverted
                ? List.of(Head.ANY)
                : Head.lean(patterns.stream().map(Glob::beginning).toList());
        return heads.size() > MANY ? List.of(Head.common(heads)) : heads;
    }

    /** Whether any action of the service matches. */
    boolean speaksOfService(String service) {
        String beginning = service + ":";
        return inverted
                ? !Glob.States.contain(patterns, beginning, 1, StepBudget.unbounded())
                : patterns.stream()
                        .anyMatch(pattern -> Glob.States.meets(pattern, beginning, 1, StepBudget.unbounded()));
    }

    private static Glob pattern(LocatedString entry, PolicyDocument.Kind kind) throws InvalidDocumentException {
        Template template = Template.parse(CaseFolding.lower(entry.text()), true, false, entry.at());
        List<Template> parts = template.split(2);
        boolean bucket = kind == PolicyDocument.Kind.BUCKET;
        if (!template.isEverything()
                && !(parts.size() == 2
                        && isService(parts.getFirst(), bucket)
                        && isName(parts.getLast(), parts.getFirst()))) {
            throw entry.refused(
                    bucket
                            ? "not an action of a bucket policy; write oss:NAME with * and ? as wildcards, or only *"
                            : "not an action; write SERVICE:NAME, such as oss:GetObject, with * and ? as wildcards, or only *");
        }
        return template.fill(Map.of());
    }

    private static boolean isService(Template service, boolean bucket) {
        return bucket
                ? service.isText(OSS)
                : !service.isEmpty() && service.consistsOf(NAMES + "-_") && !service.isText(FOREIGN_CLOUD);
    }

    private static boolean isName(Template name, Template service) {
        boolean ours = service.isText(OSS) || service.isText(STS);
        return !name.isEmpty() && name.consistsOf(ours ? NAMES : NAMES + "-_./");
    }
}

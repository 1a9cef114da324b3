package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Action or, inverted, the NotAction of a statement: {@code SERVICE:NAME} each, or {@code *}; in bucket policies of {@code oss} alone. Upper and lower
 * case are alike, as RAM's help has it for nearly all services. Actions of services that nobody asks for here are like any others: they match no request, and
 * NotAction with them leaves out none.
 */
record ActionSet(List<Glob> patterns, boolean inverted) {
    static final String OSS = "oss";
    static final String STS = "sts";

    private static final String NAMES = "abcdefghijklmnopqrstuvwxyz0123456789";
    /** What actions of another cloud begin with, which nobody means to write. */
    private static final String FOREIGN_CLOUD = "s3";
    /** More beginnings than these would make a statement's places in an index too many. */
    private static final int MANY = 4;

    static ActionSet parse(List<LocatedString> entries, boolean inverted, PolicyDocument.Kind kind)
            throws InvalidDocumentException {
        List<Glob> patterns = new ArrayList<>();
        for (LocatedString entry : entries) {
            patterns.add(pattern(entry, kind));
        }
        return new ActionSet(List.copyOf(patterns), inverted);
    }

    /** @param action in lower case, once for all statements */
    boolean speaksOf(String action, StepBudget steps) {
        for (Glob pattern : patterns) {
            if (pattern.matches(action, steps)) {
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

    /** Whether this speaks of any action of the service. */
    boolean speaksOfService(String service) {
        String beginning = service + ":";
        return inverted
                ? !Glob.GlobStates.contain(patterns, beginning, 1, StepBudget.unbounded())
                : patterns.stream()
                        .anyMatch(pattern -> Glob.GlobStates.meets(pattern, beginning, 1, StepBudget.unbounded()));
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
                            ? "not an action of a bucket policy; write oss:NAME with * and ? as wildcards, or * alone"
                            : "not an action; write SERVICE:NAME, such as oss:GetObject, with * and ? as wildcards, or * alone");
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

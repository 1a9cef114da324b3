package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One entry of Resource or NotResource: {@code acs:oss:region:owner:path}, or {@code *} alone for everything. Region and owner are
 * never left empty, because such an entry would match nothing and a Deny with it would never bite.
 * Entries for RAM ({@code acs:ram:*:owner:role/name}) are taken outside bucket policies; they match what {@link CallAuthorizer} is asked about, and no OSS request.
 */
record ResourceTemplate(Template service, Template region, Template owner, Template path) {
    private static final int PARTS = 5;
    private static final String FORM = "write acs:oss:REGION:OWNER:PATH, with * for what may be any, or * alone";

    static ResourceTemplate parse(Text entry, PolicyKind kind) throws InvalidDocumentException {
        Template whole = Template.parse(entry.text(), true, kind == PolicyKind.ROLE, entry.at());
        if (whole.isEverything()) {
            return new ResourceTemplate(whole, whole, whole, whole);
        }
        List<Template> parts = whole.split(PARTS);
        if (parts.size() != PARTS || !isOneOf(parts.get(0), "acs", "*")) {
            throw entry.refused("not a resource; " + FORM);
        }
        boolean service = kind == PolicyKind.BUCKET
                ? isOneOf(parts.get(1), "oss", "*")
                : isOneOf(parts.get(1), "oss", "*", "ram");
        if (!service) {
            throw entry.refused("the second part names another service; " + FORM);
        }
        return new ResourceTemplate(parts.get(1), parts.get(2), parts.get(3), parts.get(4)).checked(entry);
    }

    ResourcePattern fill(Map<String, String> claims) {
        return new ResourcePattern(service.fill(claims), region.fill(claims), owner.fill(claims), path.fill(claims));
    }

    boolean isFilledBy(Map<String, String> claims) {
        return region.isFilledBy(claims) && owner.isFilledBy(claims) && path.isFilledBy(claims);
    }

    Set<String> variables() {
        Set<String> names = new LinkedHashSet<>(region.variables());
        names.addAll(owner.variables());
        names.addAll(path.variables());
        return names;
    }

    private ResourceTemplate checked(Text entry) throws InvalidDocumentException {
        boolean ram = isOneOf(service, "ram");
        if (region.isEmpty() && !ram || !region.consistsOf("abcdefghijklmnopqrstuvwxyz0123456789-")) {
            throw entry.refused("the region is lower-case letters, digits and hyphens, such as cn-hangzhou, or *");
        }
        if (owner.isEmpty() || !owner.consistsOf("0123456789")) {
            throw entry.refused("the owner is an account id (digits) or *");
        }
        if (path.isEmpty() || path.startsWith('/')) {
            throw entry.refused("the path is BUCKET, BUCKET/KEY or *, without a leading slash");
        }
        return this;
    }

    private static boolean isOneOf(Template part, String... texts) {
        for (String text : texts) {
            if (part.isText(text)) {
                return true;
            }
        }
        return false;
    }
}

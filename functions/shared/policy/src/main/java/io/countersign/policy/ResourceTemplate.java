package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An entry of Resource or NotResource: {@code acs:oss:region:owner:path}, or {@code *} for everything. Region and
 * owner must not be empty, because such an entry would match nothing and a Deny with it would never apply. Entries for
 * RAM ({@code acs:ram:*:owner:role/name}) are allowed outside bucket policies; they match calls of {@link
 * CallAuthorizer} and no OSS request. Entries for other services are allowed there too, in the syntax of their
 * services, and match nothing here.
 */
record ResourceTemplate(Template service, Template region, Template owner, Template path) {
    private static final int PARTS = 5;
    /** {@code acs:osstables:REGION:OWNER:bucket/NAME} (page "PutTablePolicy"). */
    private static final String TABLES = "osstable";

    private static final String FORM = "write acs:oss:REGION:OWNER:PATH, with * for any value, or only *";

    static ResourceTemplate parse(LocatedString entry, PolicyDocument.Kind kind) throws InvalidDocumentException {
        Template whole = Template.parse(entry.text(), true, kind == PolicyDocument.Kind.ROLE, entry.at());
        if (whole.isEverything()) {
            return new ResourceTemplate(whole, whole, whole, whole);
        }
        List<Template> parts = whole.split(PARTS);
        if (parts.size() != PARTS || !isOneOf(parts.get(0), "acs", "*")) {
            throw entry.refused("not a resource; " + FORM);
        }
        Template service = parts.get(1);
        boolean taken = kind == PolicyDocument.Kind.BUCKET ? isOneOf(service, "oss", "*") : isService(service);
        if (!taken) {
            throw entry.refused(
                    kind == PolicyDocument.Kind.BUCKET
                            ? "the second part names another service; " + FORM
                            : "the second part is no service, such as oss in lower case; " + FORM);
        }
        ResourceTemplate resource = new ResourceTemplate(service, parts.get(2), parts.get(3), parts.get(4));
        return resource.isAskedFor() ? resource.checked(entry) : resource;
    }

    /** Whether the entry can match a resource of OSS or a role. */
    boolean isAskedFor() {
        return isOf(ResourceName.OSS) || isOf(ResourceName.RAM);
    }

    boolean isOf(String named) {
        return service.fill(Map.of()).matches(named, StepBudget.unbounded());
    }

    /** Whether the entry matches every resource of a service. */
    boolean isAllOf(String named) {
        return isOf(named) && region.isEverything() && owner.isEverything() && path.isEverything();
    }

    /**
     * Whether any of these actions can apply to the entry's resources. OSS Tables is a service of its own, with
     * actions such as {@code oss:CreateTable} or {@code osstables:CreateTable}.
     */
    boolean isWithin(ActionSet actions) {
        Head named = service.beginning();
        boolean tables = named.text().startsWith(TABLES) && actions.speaksOfService(ActionSet.OSS);
        return isAskedFor() || named.open() || actions.inverted() || tables || actions.speaksOfService(named.text());
    }

    /** Returns the region if it has no wildcards and is not a region of OSS. */
    Optional<String> noRegion() {
        Head named = region.beginning();
        return isOf(ResourceName.OSS) && !named.open() && ResourceName.isNoRegion(named.text())
                ? Optional.of(named.text())
                : Optional.empty();
    }

    private static boolean isService(Template service) {
        return !service.isEmpty()
                && service.variables().isEmpty()
                && service.consistsOf("abcdefghijklmnopqrstuvwxyz0123456789-");
    }

    ResourceSet.ResourcePattern fill(Map<String, String> claims) {
        return new ResourceSet.ResourcePattern(
                service.fill(claims), region.fill(claims), owner.fill(claims), path.fill(claims));
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

    private ResourceTemplate checked(LocatedString entry) throws InvalidDocumentException {
        boolean ram = isOneOf(service, "ram");
        if (region.isEmpty() && !ram || !region.consistsOf("abcdefghijklmnopqrstuvwxyz0123456789-")) {
            throw entry.refused("the region is lower-case letters, digits and hyphens, such as cn-hangzhou, or *");
        }
        if (owner.isEmpty() || !owner.consistsOf("0123456789") && !(ram && isOneOf(owner, "system"))) {
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

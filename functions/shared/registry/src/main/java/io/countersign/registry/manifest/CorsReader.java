package io.countersign.registry.manifest;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.registry.CorsRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code cors}. */
final class CorsReader {
    private static final int MAX_RULES = 20;
    private static final int MAX_ENTRIES = 50;
    private static final int MAX_AGE_SECONDS = 999_999_999;
    private static final Set<String> METHODS = Set.of("GET", "PUT", "DELETE", "POST", "HEAD");
    private static final Pattern ORIGIN = Pattern.compile("[!-)+-~]{0,256}\\*?[!-)+-~]{0,256}");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9_-]{0,128}\\*?[A-Za-z0-9_-]{0,128}");
    private static final Pattern EXPOSED = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private CorsReader() {}

    static List<CorsRule> read(Members bucket) throws InvalidDocumentException {
        List<CorsRule> rules = new ArrayList<>();
        for (Value element : Texts.elements(bucket, "cors", MAX_RULES)) {
            Members members = Members.of(element);
            rules.add(rule(members));
            members.done();
        }
        return rules;
    }

    private static CorsRule rule(Members members) throws InvalidDocumentException {
        CorsRule rule = new CorsRule(
                list(members, "allowedOrigins", ORIGIN, "an origin with at most one *"),
                Texts.list(
                        members, "allowedMethods", METHODS.size(), METHODS::contains, "GET, PUT, DELETE, POST or HEAD"),
                list(members, "allowedHeaders", HEADER, "a header name with at most one *"),
                list(members, "exposeHeaders", EXPOSED, "a header name"),
                members.optionalInteger("maxAgeSeconds", 0, MAX_AGE_SECONDS));
        if (rule.allowedOrigins().isEmpty() || rule.allowedMethods().isEmpty()) {
            throw new InvalidDocumentException(
                    members.at(), "a CORS rule needs \"allowedOrigins\" and \"allowedMethods\"; add them");
        }
        return rule;
    }

    private static List<String> list(Members members, String name, Pattern form, String what)
            throws InvalidDocumentException {
        return Texts.list(
                members,
                name,
                MAX_ENTRIES,
                text -> !text.isEmpty() && form.matcher(text).matches(),
                what);
    }
}

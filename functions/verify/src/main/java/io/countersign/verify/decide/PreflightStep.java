package io.countersign.verify.decide;

import io.countersign.oss.Headers;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OuterSpace;
import io.countersign.registry.Bucket;
import io.countersign.registry.CorsRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Answers a browser's preflight by the bucket's CORS rules: the first rule that covers origin, method and all headers applies. */
final class PreflightStep {
    private PreflightStep() {}

    /** @throws OssRefusal InvalidArgument when the origin or the method is missing, AccessForbidden when no rule covers the preflight */
    static VerifyAnswer.CorsAnswer answer(Headers headers, Optional<Bucket> bucket) throws OssRefusal {
        String origin = required(headers, "origin");
        String method = required(headers, "access-control-request-method");
        List<String> requested = names(headers.all("access-control-request-headers"));
        for (CorsRule rule : bucket.map(Bucket::cors).orElse(List.of())) {
            if (rule.allowedMethods().contains(method)
                    && matchesAny(rule.allowedOrigins(), origin)
                    && requested.stream().allMatch(name -> matchesAny(lower(rule.allowedHeaders()), name))) {
                String allowOrigin = rule.allowedOrigins().contains("*") ? "*" : origin;
                return new VerifyAnswer.CorsAnswer(
                        allowOrigin, rule.allowedMethods(), requested, rule.exposeHeaders(), rule.maxAgeSeconds());
            }
        }
        throw new OssRefusal(OssError.ACCESS_FORBIDDEN);
    }

    private static String required(Headers headers, String name) throws OssRefusal {
        List<String> values = headers.all(name);
        if (values.size() != 1 || OuterSpace.trim(values.getFirst()).isEmpty()) {
            throw new OssRefusal(
                    OssError.INVALID_ARGUMENT,
                    "A preflight has one Origin and one Access-Control-Request-Method header; send both.");
        }
        return OuterSpace.trim(values.getFirst());
    }

    private static List<String> names(List<String> lines) {
        List<String> names = new ArrayList<>();
        for (String line : lines) {
            for (String name : line.split(",", -1)) {
                if (!OuterSpace.trim(name).isEmpty()) {
                    names.add(OuterSpace.trim(name).toLowerCase(Locale.ROOT));
                }
            }
        }
        return names;
    }

    private static List<String> lower(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    private static boolean matchesAny(List<String> patterns, String text) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, text));
    }

    /** A pattern is exact, or has one {@code *} that matches any text. */
    private static boolean matches(String pattern, String text) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(text);
        }
        String before = pattern.substring(0, star);
        String after = pattern.substring(star + 1);
        return text.length() >= before.length() + after.length() && text.startsWith(before) && text.endsWith(after);
    }
}

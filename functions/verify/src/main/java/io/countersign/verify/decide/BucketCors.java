package io.countersign.verify.decide;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OuterSpace;
import io.countersign.registry.Bucket;
import io.countersign.registry.CorsRule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the CORS rules of a bucket say to browsers. The first rule that covers a request applies (help.aliyun.com, PutBucketCors). */
public final class BucketCors {
    private BucketCors() {}

    /**
     * What the answer to a request says, so that a page may read it. The answer to a preflight is in its decision.
     *
     * @return empty where the request has no single origin, or no rule covers its origin and method
     */
    public static Optional<VerifyAnswer.CorsAnswer> answer(Headers request, HttpMethod method, Bucket bucket) {
        List<String> origins = request.all("origin");
        return origins.size() == 1
                ? answer(bucket.cors(), OuterSpace.trim(origins.getFirst()), method.name(), List.of())
                : Optional.empty();
    }

    /** @param requested the names of headers that the page wants to send, in lower case */
    static Optional<VerifyAnswer.CorsAnswer> answer(
            List<CorsRule> rules, String origin, String method, List<String> requested) {
        for (CorsRule rule : rules) {
            if (rule.allowedMethods().contains(method)
                    && matchesAny(rule.allowedOrigins(), origin)
                    && requested.stream().allMatch(name -> matchesAny(lower(rule.allowedHeaders()), name))) {
                String allowOrigin = rule.allowedOrigins().contains("*") ? "*" : origin;
                return Optional.of(new VerifyAnswer.CorsAnswer(
                        allowOrigin, rule.allowedMethods(), requested, rule.exposeHeaders(), rule.maxAgeSeconds()));
            }
        }
        return Optional.empty();
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

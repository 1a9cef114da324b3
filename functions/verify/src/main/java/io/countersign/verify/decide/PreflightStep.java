package io.countersign.verify.decide;

import io.countersign.oss.Headers;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OuterSpace;
import io.countersign.registry.Bucket;
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
        Optional<VerifyAnswer.CorsAnswer> answer =
                BucketCors.answer(bucket.map(Bucket::cors).orElse(List.of()), origin, method, requested);
        if (answer.isPresent()) {
            return answer.get();
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
}

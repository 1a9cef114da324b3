package io.countersign.upstream.oss;

import io.countersign.http.Bytes;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.registry.Upstream;
import io.countersign.upstream.JudgedRequest;
import io.countersign.upstream.StoreKeys;
import io.countersign.upstream.UpstreamBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A process that saves its result, {@code image/resize,w_100|sys/saveas,o_<key>,b_<bucket>}, with the store's bucket in
 * the place of the client's (help.aliyun.com, "Save processed images").
 */
final class SavedProcess {
    private static final String PARAMETER = "x-oss-process";
    private static final String SAVE = "sys/saveas";
    private static final String SYSTEM = "sys/";
    private static final String BUCKET = "b_";
    private static final String KEY = "o_";

    private SavedProcess() {}

    /**
     * The body of the request, whose parameter then has no value.
     *
     * @throws OssRefusal NotImplemented for another step of {@code sys/}, and for a bucket other than the object's;
     *     InvalidObjectName for a key that one reader may take for another
     */
    static UpstreamBody body(JudgedRequest judged, Upstream upstream) throws OssRefusal {
        String inUrl = judged.oss().query().first(PARAMETER).orElse("");
        String text = inUrl.isEmpty() ? judged.body().map(Bytes::utf8).orElse("") : inUrl;
        String process = text.startsWith(PARAMETER + "=") ? text.substring(PARAMETER.length() + 1) : text;
        List<String> steps = new ArrayList<>();
        for (String step : process.split("\\|", -1)) {
            steps.add(step.contains(SYSTEM) ? saved(step, judged.bucket().name(), upstream.bucket()) : step);
        }
        return new UpstreamBody.Given(Bytes.utf8(PARAMETER + "=" + String.join("|", steps)));
    }

    private static String saved(String step, String bucket, String physical) throws OssRefusal {
        List<String> parts = new ArrayList<>();
        for (String part : step.split(",", -1)) {
            if (parts.isEmpty() && !part.equals(SAVE)) {
                throw refused("it has a step other than sys/saveas of sys/");
            }
            if (part.startsWith(KEY)) {
                StoreKeys.check(decoded(part.substring(KEY.length())));
            }
            if (!part.startsWith(BUCKET)) {
                parts.add(part);
            } else if (!decoded(part.substring(BUCKET.length())).equals(bucket)) {
                throw refused("it saves to another bucket");
            }
        }
        // Always named: what a store takes for the default may be another bucket.
        parts.add(BUCKET
                + Base64.getUrlEncoder().withoutPadding().encodeToString(physical.getBytes(StandardCharsets.UTF_8)));
        return String.join(",", parts);
    }

    private static String decoded(String text) throws OssRefusal {
        try {
            return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw refused("a name in it is not in URL-safe Base64");
        }
    }

    private static OssRefusal refused(String why) {
        return new OssRefusal(
                OssError.NOT_IMPLEMENTED,
                "This process is not implemented for a bucket with a store behind it: " + why
                        + "; save within the object's bucket by one sys/saveas.");
    }
}

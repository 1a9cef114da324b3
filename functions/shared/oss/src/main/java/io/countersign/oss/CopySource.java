package io.countersign.oss;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The content of the header {@code x-oss-copy-source}: {@code /bucket/key}, encoded as in a URL (a {@code +} is a
 * space: docs/protocol.md 13), optionally followed by {@code ?versionId=}.
 */
public record CopySource(Target.ObjectKey object, Optional<String> version) {
    private static final String VERSION = "versionId=";

    /**
     * Returns the source of a request's copy.
     *
     * @throws OssRefusal InvalidArgument when there is not exactly one header, or it has another form; InvalidBucketName
     *     or InvalidObjectName for invalid names
     */
    public static CopySource of(OssRequest request) throws OssRefusal {
        return parse(Operations.one(request, Selectors.COPY));
    }

    /**
     * @throws OssRefusal InvalidArgument when the header has another form; InvalidBucketName or InvalidObjectName for
     *     invalid names
     */
    static CopySource parse(String header) throws OssRefusal {
        int question = header.indexOf('?');
        String path = question < 0 ? header : header.substring(0, question);
        int slash = path.indexOf('/', 1);
        if (!path.startsWith("/") || slash < 0 || slash == path.length() - 1) {
            throw malformed();
        }
        return new CopySource(
                object(decoded(path.substring(1, slash)), decoded(path.substring(slash + 1))),
                version(question, header));
    }

    private static String decoded(String piece) throws OssRefusal {
        return PercentEncoding.decode(piece, EncodedText.COPY_SOURCE);
    }

    private static Target.ObjectKey object(String bucket, String key) throws OssRefusal {
        try {
            return new Target.ObjectKey(BucketName.checked(bucket), BucketName.ObjectName.checked(key));
        } catch (OssRefusal refusal) {
            throw EncodedText.COPY_SOURCE.about(refusal);
        }
    }

    private static Optional<String> version(int question, String header) throws OssRefusal {
        if (question < 0) {
            return Optional.empty();
        }
        String query = header.substring(question + 1);
        if (!query.startsWith(VERSION) || query.length() == VERSION.length() || query.indexOf('&') >= 0) {
            throw malformed();
        }
        return Optional.of(PercentEncoding.decode(query.substring(VERSION.length()), EncodedText.COPY_SOURCE));
    }

    private static OssRefusal malformed() {
        return new OssRefusal(
                OssError.INVALID_ARGUMENT,
                "x-oss-copy-source is not /bucket/key with the key percent-encoded, and ?versionId= for a version; correct it.");
    }

    /**
     * Finds where a process saves its result: {@code image/resize,w_100|sys/saveas,o_<key>,b_<bucket>}, both in
     * URL-safe Base64, with the object's own bucket as the default (help.aliyun.com, "Save processed images"). A key
     * may contain variables, {@code dir/{index}.jpg}: it then represents every key with the prefix before them.
     */
    static final class SaveAs {
        private static final String SYSTEM = "sys/";
        private static final String SAVE = "sys/saveas";
        private static final String NOTIFY = "sys/notify";

        private SaveAs() {}

        /** @throws OssRefusal InvalidArgument when a {@code sys/} step is unknown or its target is ambiguous */
        static List<Scope> targets(String process, String ownBucket) throws OssRefusal {
            if (!process.contains(SYSTEM)) {
                return List.of();
            }
            List<Scope> targets = new ArrayList<>(1);
            for (String step : process.split("\\|", -1)) {
                String[] parts = step.split(",", -1);
                if (parts[0].equals(SAVE)) {
                    targets.add(target(parts, ownBucket));
                } else if (step.contains(SYSTEM) && !parts[0].equals(NOTIFY)) {
                    throw unreadable();
                }
            }
            return targets;
        }

        private static Scope target(String[] parts, String ownBucket) throws OssRefusal {
            String key = "";
            String bucket = "";
            for (int i = 1; i < parts.length; i++) {
                if (parts[i].startsWith("o_") && key.isEmpty()) {
                    key = ProcessSteps.ProcessText.decode(parts[i].substring(2));
                } else if (parts[i].startsWith("b_") && bucket.isEmpty()) {
                    bucket = ProcessSteps.ProcessText.decode(parts[i].substring(2));
                } else {
                    throw unreadable();
                }
            }
            String checked = BucketName.checked(bucket.isEmpty() ? ownBucket : bucket);
            BucketName.ObjectName.checked(key);
            int variable = key.indexOf('{');
            return variable < 0
                    ? new Target.ObjectKey(checked, key)
                    : new Scope.ObjectPrefix(checked, key.substring(0, variable));
        }

        private static OssRefusal unreadable() {
            return new OssRefusal(
                    OssError.INVALID_ARGUMENT,
                    "The process has a sys/ step that does not say clearly where it saves; write |sys/saveas,o_<key>,b_<bucket> in URL-safe Base64.");
        }
    }
}

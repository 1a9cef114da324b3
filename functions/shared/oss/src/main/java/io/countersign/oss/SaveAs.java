package io.countersign.oss;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a process saves its result: {@code image/resize,w_100|sys/saveas,o_<key>,b_<bucket>}, both in URL-safe Base64, the bucket the object's own when it is
 * left out (help.aliyun.com, "Save processed images"). A key may have variables, {@code dir/{index}.jpg}: then every key that begins as it does before them is meant.
 */
final class SaveAs {
    private static final String SYSTEM = "sys/";
    private static final String SAVE = "sys/saveas";
    private static final String NOTIFY = "sys/notify";

    private SaveAs() {}

    /** @throws OssRefusal InvalidArgument when a step of the system's is unknown or does not say clearly where it saves */
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
                key = ProcessText.decode(parts[i].substring(2));
            } else if (parts[i].startsWith("b_") && bucket.isEmpty()) {
                bucket = ProcessText.decode(parts[i].substring(2));
            } else {
                throw unreadable();
            }
        }
        String checked = BucketName.checked(bucket.isEmpty() ? ownBucket : bucket);
        ObjectName.checked(key);
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

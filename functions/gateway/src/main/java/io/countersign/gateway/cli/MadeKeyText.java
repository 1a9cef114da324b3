package io.countersign.gateway.cli;

import io.countersign.json.JsonText;
import io.countersign.registry.manifest.ApplyReport;
import java.util.List;

/** A new key with its secret, which is shown once. No other class of the gateway reads the secret of a new key. */
final class MadeKeyText {
    private MadeKeyText() {}

    /** For a person at a terminal. */
    static String line(ApplyReport.GeneratedKey key) {
        return "access key made for " + key.owner().label() + ": AccessKeyId "
                + key.accessKey().id() + "  AccessKeySecret "
                + key.accessKey().secret().reveal();
    }

    /** The elements of a JSON array, without its brackets. */
    static String elements(List<ApplyReport.GeneratedKey> keys) {
        String array = JsonText.array(each -> keys.forEach(
                key -> each.object(members -> members.put("owner", key.owner().label())
                        .put("accessKeyId", key.accessKey().id())
                        .put("accessKeySecret", key.accessKey().secret().reveal()))));
        return array.substring(1, array.length() - 1);
    }
}

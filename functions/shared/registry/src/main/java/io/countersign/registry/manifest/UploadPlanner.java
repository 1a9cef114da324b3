package io.countersign.registry.manifest;

import io.countersign.registry.Upload;
import io.countersign.registry.UploadItem;
import io.countersign.registry.store.ItemKey;

/** Plans uploads. */
final class UploadPlanner {
    private final ApplyPlan.Planning planning;

    UploadPlanner(ApplyPlan.Planning planning) {
        this.planning = planning;
    }

    ChangeSetBuilder.ChangeSet upload(Manifest.ManifestUpload named) throws ApplyRefusal {
        ChangeSetBuilder changes = new ChangeSetBuilder(planning.snapshot(), named.at());
        Upload upload = named.record();
        ItemKey key = UploadItem.key(upload.accountId(), upload.name());
        int mark = changes.size();
        changes.put(key, UploadItem.text(upload));
        changes.line(key, mark, label(upload));
        return changes.build();
    }

    static String label(Upload upload) {
        return "upload " + upload.accountId() + "/" + upload.name();
    }
}

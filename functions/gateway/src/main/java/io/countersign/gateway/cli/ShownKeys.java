package io.countersign.gateway.cli;

import io.countersign.registry.manifest.ApplyReport;
import io.countersign.registry.manifest.UnshownKeys;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Records in the registry which new keys were shown, so that no later apply lists them. */
record ShownKeys(Terminal terminal, RegistryStore store, Instant now) {
    LeftKeys left() throws StoreUnavailable {
        return LeftKeys.of(UnshownKeys.list(store, now));
    }

    /**
     * @param made keys that were shown, or whose file was named
     * @param seen whether a person saw the secrets, so that the file is deleted
     */
    void told(List<ApplyReport.GeneratedKey> made, LeftKeys left, MadeKeyFile file, boolean seen) {
        List<String> ids = Stream.concat(
                        made.stream().map(key -> key.accessKey().id()), left.keptIds().stream())
                .toList();
        try {
            UnshownKeys.shown(store, ids, now);
            if (seen) {
                file.delete();
            }
        } catch (StoreUnavailable e) {
            terminal.note("the registry could not record that these keys were shown (" + e.getMessage()
                    + "); the next apply lists them again");
        } catch (IOException e) {
            terminal.note(
                    "the file " + file.place() + " also contains the secrets and could not be deleted; delete it");
        }
    }
}

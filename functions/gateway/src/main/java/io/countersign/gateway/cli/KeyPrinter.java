package io.countersign.gateway.cli;

import io.countersign.json.JsonText;
import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.Records;
import io.countersign.registry.StoredKey;
import io.countersign.registry.keys.KeyListing;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.io.PrintStream;
import java.time.Instant;

/** Prints the access keys of a registry as they are read, a line for each. */
final class KeyPrinter {
    private final PrintStream out;
    private final boolean json;
    private long printed;

    KeyPrinter(Terminal terminal, boolean json) {
        this.out = terminal.out();
        this.json = json;
    }

    void print(RegistryStore store, Instant now) throws CommandFailure {
        out.print(json ? "[" : "");
        try {
            new KeyListing(store, now).<StoreUnavailable>each(items -> {
                for (Item item : items) {
                    print(Records.read(item, AccessKeyItem::read));
                }
            });
        } catch (StoreUnavailable e) {
            throw new CommandFailure("StoreUnavailable", e.getMessage() + ".", e);
        }
        out.println(json ? (printed == 0 ? "]" : "\n]") : "access keys: " + printed);
    }

    private void print(StoredKey key) {
        if (json) {
            out.print((printed == 0 ? "\n" : ",\n") + json(key));
        } else {
            out.println(key.id() + "  " + key.owner().label() + "  "
                    + key.status().text() + " since " + key.since() + "  created " + key.createdAt());
        }
        printed++;
    }

    private static String json(StoredKey key) {
        return JsonText.object(members -> members.put("accessKeyId", key.id())
                .put("owner", key.owner().label())
                .put("status", key.status().text())
                .put("since", key.since().toString())
                .put("createdAt", key.createdAt().toString()));
    }
}

package io.countersign.gateway.cli;

import io.countersign.json.JsonText;
import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.Records;
import io.countersign.registry.StoredKey;
import io.countersign.registry.keys.KeyListing;
import io.countersign.registry.keys.UpstreamListing;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.StoreUnavailable;

/** {@code keys}: lists the access keys of all owners, and those of foreign stores. */
record KeysCommand(RegistryOptions.DataPlace data, boolean json) implements Invocation.Operation {
    static final class Options implements CommandTree.Options {
        private final RegistryOptions.Reading registry;

        Options(CommandDeclaration command) {
            command.describe(
                    "List the access keys of all owners and their status, and the keys of stores behind buckets. Secrets are never shown.",
                    "",
                    "Examples:",
                    "  countersign keys --data data",
                    "  countersign keys --data data --json");
            registry = new RegistryOptions.Reading(command);
        }

        @Override
        public KeysCommand read() {
            return new KeysCommand(registry.place(), registry.json());
        }
    }

    @Override
    public void run(QuickCommands.Tools tools) throws CommandFailure, StoreUnavailable {
        try (OpenedData opened = tools.existing(data)) {
            Listing listing = new Listing(tools, json);
            new KeyListing(opened.store(), tools.now()).<StoreUnavailable>each(items -> {
                for (Item item : items) {
                    StoredKey key = Records.read(item, AccessKeyItem::read);
                    listing.add(line(key), element(key));
                }
            });
            for (UpstreamListing.ForeignKey key : new UpstreamListing(opened.store(), tools.now()).foreignKeys()) {
                listing.add(key.id() + "  store behind " + key.bucket(), element(key));
            }
            listing.end("access keys");
        }
    }

    private static String line(StoredKey key) {
        return key.id() + "  " + key.owner().label() + "  " + key.status().text() + " since " + key.since()
                + "  created " + key.createdAt();
    }

    /** It signs for one bucket as long as that bucket has it, and has no status. */
    private static String element(UpstreamListing.ForeignKey key) {
        return JsonText.object(members -> members.put("accessKeyId", key.id()).put("bucket", key.bucket()));
    }

    private static String element(StoredKey key) {
        return JsonText.object(members -> members.put("accessKeyId", key.id())
                .put("owner", key.owner().label())
                .put("status", key.status().text())
                .put("since", key.since().toString())
                .put("createdAt", key.createdAt().toString()));
    }
}

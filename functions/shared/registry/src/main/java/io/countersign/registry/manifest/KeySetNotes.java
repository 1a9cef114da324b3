package io.countersign.registry.manifest;

import io.countersign.http.client.OutgoingAddresses;
import io.countersign.policy.PolicyNote;
import io.countersign.registry.OidcProvider;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Notes on providers whose keys are published where no server reads them. */
final class KeySetNotes {
    private KeySetNotes() {}

    static List<PolicyNote> of(Manifest manifest) {
        List<PolicyNote> notes = new ArrayList<>();
        for (Manifest.ManifestAccount account : manifest.accounts()) {
            for (Manifest.ManifestProvider provider : account.providers()) {
                if (provider.record().jwks() instanceof OidcProvider.JwksSource.At(URI uri) && !isRead(uri)) {
                    notes.add(
                            new PolicyNote(
                                    provider.at(),
                                    "no keys are read from the private address of its jwksUri, so every token is refused; give a public address, or write the keys here (jwks)"));
                }
            }
        }
        return notes;
    }

    /** A name is not resolved here: its addresses may be others later. */
    private static boolean isRead(URI uri) {
        String host = String.valueOf(uri.getHost());
        return OutgoingAddresses.literal(host)
                .map(address -> OutgoingAddresses.OF_KEYS.allows(host, address))
                .orElse(true);
    }
}

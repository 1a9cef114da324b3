package io.countersign.identity;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Values;
import io.countersign.registry.JwksSource;
import io.countersign.registry.OidcProvider;
import java.net.URI;
import java.security.PublicKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Has the keys of a provider from wherever the provider keeps them: in the registry, or at an address. */
final class KeySets {
    /** Addresses whose keys are remembered; the one that was not asked for longest makes room. */
    private static final int MAX_ADDRESSES = 1_000;

    private final JwksFetcher fetcher;
    private final SequencedMap<URI, PublishedKeys> published = new LinkedHashMap<>(16, 0.75f, true);

    KeySets(JwksFetcher fetcher) {
        this.fetcher = fetcher;
    }

    /** @throws CallerRefusal UnknownKey, or KeysUnavailable when the keys cannot be had */
    PublicKey keyFor(OidcProvider provider, TokenHeader header, Instant now) throws CallerRefusal {
        return switch (provider.jwks()) {
            case JwksSource.Inline inline -> inline(inline.json()).keyFor(header);
            case JwksSource.At at -> published(at.uri()).keyFor(header, now);
        };
    }

    private static KeySet inline(String json) throws CallerRefusal {
        try {
            return KeySet.of(Values.parse(json));
        } catch (InvalidDocumentException e) {
            throw new CallerRefusal(
                    CallerError.KEYS_UNAVAILABLE,
                    "The provider's registered keys are not a key set; correct them in the registry.");
        }
    }

    private synchronized PublishedKeys published(URI uri) {
        PublishedKeys keys = published.computeIfAbsent(uri, address -> new PublishedKeys(address, fetcher));
        if (published.size() > MAX_ADDRESSES) {
            published.pollFirstEntry();
        }
        return keys;
    }
}

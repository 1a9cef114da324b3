package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.signing.base.Hmac;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The stored form of an OIDC provider: one item in its account's partition, and a full copy under each pair of issuer
 * and client id.
 */
public final class ProviderItem {
    /** The prefix of the sort keys of providers. */
    public static final String SORT_PREFIX = "provider/";

    private ProviderItem() {}

    public static ItemKey key(String accountId, String name) {
        return new ItemKey(AccountItem.contents(accountId), SORT_PREFIX + name);
    }

    /**
     * The key is a hash, because issuer and audience may be longer than a key. The issuer's length separates the two
     * in the hashed text.
     */
    public static ItemKey audienceKey(String issuer, String audience) {
        byte[] issuerBytes = issuer.getBytes(StandardCharsets.UTF_8);
        byte[] audienceBytes = audience.getBytes(StandardCharsets.UTF_8);
        byte[] hashed = ByteBuffer.allocate(Integer.BYTES + issuerBytes.length + audienceBytes.length)
                .putInt(issuerBytes.length)
                .put(issuerBytes)
                .put(audienceBytes)
                .array();
        return new ItemKey("audience/" + HexFormat.of().formatHex(Hmac.Digests.sha256(hashed)), "provider");
    }

    public static String text(OidcProvider provider) {
        return JsonText.object(json -> {
            json.put("account", provider.accountId())
                    .put("name", provider.name())
                    .put("issuer", provider.issuer())
                    .put("clientIds", provider.clientIds());
            switch (provider.jwks()) {
                case OidcProvider.JwksSource.Inline inline -> json.put("jwks", inline.json());
                case OidcProvider.JwksSource.At at ->
                    json.put("jwksUri", at.uri().toString());
            }
            json.put("defaultRole", provider.defaultRole()).put("allowQueryToken", provider.allowQueryToken());
        });
    }

    /** @throws InvalidDocumentException when this version of Countersign cannot read the payload as a provider */
    public static OidcProvider read(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        OidcProvider provider = new OidcProvider(
                members.string("account"),
                members.string("name"),
                members.string("issuer"),
                ItemFields.strings(members, "clientIds"),
                jwks(members),
                members.optionalString("defaultRole"),
                Members.bool(members.required("allowQueryToken")));
        members.done();
        return provider;
    }

    private static OidcProvider.JwksSource jwks(Members members) throws InvalidDocumentException {
        Optional<String> inline = members.optionalString("jwks");
        if (inline.isPresent()) {
            return new OidcProvider.JwksSource.Inline(inline.get());
        }
        try {
            return new OidcProvider.JwksSource.At(URI.create(members.string("jwksUri")));
        } catch (IllegalArgumentException e) {
            throw new InvalidDocumentException(members.at(), "the address of the key set is not a URI");
        }
    }
}

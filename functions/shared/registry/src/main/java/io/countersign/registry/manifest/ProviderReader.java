package io.countersign.registry.manifest;

import io.countersign.http.LoopbackHost;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.registry.IdSyntax;
import io.countersign.registry.OidcProvider;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** Reads an element of {@code oidcProviders}. */
final class ProviderReader {
    private static final int MAX_CLIENT_IDS = 20;
    private static final int MAX_KEYS = 50;
    private static final int MAX_JWKS = 64 * 1024;

    /** Members of a JWK that hold private values: RFC 7518, sections 6.2.2, 6.3.2 and 6.4. */
    private static final List<String> PRIVATE = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private ProviderReader() {}

    static Manifest.ManifestProvider read(Members members, String accountId) throws InvalidDocumentException {
        String name =
                Texts.required(members, "name", IdSyntax::isRamName, "a provider name: 1 to 64 of A-Z a-z 0-9 . _ @ -");
        String issuer = Texts.required(
                members,
                "issuer",
                IdSyntax::isIssuerOrAudience,
                "an issuer: 1 to 512 printable characters without blanks");
        List<String> clientIds = Texts.list(
                members,
                "clientIds",
                MAX_CLIENT_IDS,
                IdSyntax::isIssuerOrAudience,
                "a client id: 1 to 512 printable characters without blanks");
        if (clientIds.isEmpty()) {
            throw new InvalidDocumentException(
                    members.at(), "a provider needs at least one of \"clientIds\": the audiences of its tokens");
        }
        return new Manifest.ManifestProvider(
                members.at(),
                new OidcProvider(
                        accountId,
                        name,
                        issuer,
                        clientIds,
                        jwks(members),
                        Texts.optional(members, "defaultRole", IdSyntax::isRamName, "the name of a role"),
                        members.optionalBoolean("allowQueryToken").orElse(false)));
    }

    private static OidcProvider.JwksSource jwks(Members members) throws InvalidDocumentException {
        if (members.has("jwks") == members.has("jwksUri")) {
            throw new InvalidDocumentException(members.at(), "a provider has either \"jwks\" or \"jwksUri\"; give one");
        }
        return members.has("jwks") ? inline(members.required("jwks")) : at(members.required("jwksUri"));
    }

    /**
     * The keys themselves are checked when tokens are verified. Here private members and texts that are no key set are
     * refused.
     */
    private static OidcProvider.JwksSource inline(Value value) throws InvalidDocumentException {
        Members set = Members.of(value);
        set.required("keys");
        List<Value> keys = Texts.elements(set, "keys", MAX_KEYS);
        if (keys.isEmpty()) {
            throw new InvalidDocumentException(value.at(), "the key set is empty; add a public key");
        }
        for (Value element : keys) {
            Members key = Members.of(element);
            for (String name : PRIVATE) {
                if (key.has(name)) {
                    throw new InvalidDocumentException(
                            key.at(), "the member \"" + name + "\" belongs to a private key; give only the public key");
                }
            }
        }
        String text = JsonText.of(value);
        if (text.length() > MAX_JWKS) {
            throw new InvalidDocumentException(value.at(), "the key set is longer than " + MAX_JWKS + " characters");
        }
        return new OidcProvider.JwksSource.Inline(text);
    }

    private static OidcProvider.JwksSource at(Value value) throws InvalidDocumentException {
        try {
            URI uri = new URI(Members.string(value));
            String host = uri.getHost() == null ? "" : uri.getHost();
            boolean safe =
                    "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && LoopbackHost.matches(host));
            if (safe && !host.isEmpty() && uri.getRawUserInfo() == null && uri.getRawFragment() == null) {
                return new OidcProvider.JwksSource.At(uri);
            }
        } catch (URISyntaxException e) {
            // Refused below, like an address of another kind.
        }
        throw new InvalidDocumentException(
                value.at(), "expected an https address (http on loopback) without user and fragment");
    }
}

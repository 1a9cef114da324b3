package io.countersign.verify.explain;

import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CanonicalForm;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.Secret;
import io.countersign.signing.SelfSignature;
import io.countersign.signing.SignatureVerifier;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.rpc.RpcSignature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the cause of a signature's mismatch. It decides nothing: the request is refused whatever it finds. */
public final class Diagnosis {
    /** The most derived keys: one for each region that is tried. */
    private static final int KEYS = 16;

    private static final Explained.Cause NONE = new Explained.Cause(
            "NoKnownCause",
            "The signature is none that a known mistake would make: compare the form above with what the client signed, line by line; if they are the same, its secret is not that of this access key.");
    private static final Explained.Cause NONE_OF_FORM = new Explained.Cause(
            "NoKnownCause",
            "The signature is none that a known mistake would make: it goes over the Base64 text of the field policy as it is posted; compare that with what was signed, and the secret with that of this access key.");
    private static final Explained.Cause OTHER_SECRET = new Explained.Cause(
            "OtherSecret",
            "The client's string to sign is the very one of this request, so its secret is not that of this access key; give it the secret that belongs to the id.");

    private Diagnosis() {}

    /**
     * The cause of a signature's mismatch: the known mistake that explains it, or else the first line in which the client's form differs, where the signature matches that form, or else that none is known.
     *
     * @param request the request that was verified
     * @param signed the credentials whose signature does not match
     * @param secret the secret of the access key that the request names
     * @param client the text that the client says it signed
     */
    public static Explained.Cause of(
            OssRequest request, RequestCredentials.Signed signed, Secret secret, Explained.ClientForm client) {
        MismatchedRequest mismatched = new MismatchedRequest(request, signed, secret);
        ClientMistakes mistakes = new ClientMistakes(new SigningKeys(KEYS));
        return mistakes.cause(mismatched)
                .or(() -> otherForm(mismatched, client, mistakes))
                .or(() -> AdditionalHeaders.suspected(mismatched))
                .orElse(NONE);
    }

    /**
     * The same for the signature of a POST form, over its policy.
     *
     * @param policy the Base64 text of the field
     * @param scope the scope of a V4 signature; empty for V1
     */
    public static Explained.Cause ofForm(
            String policy, String signature, Optional<CredentialScope> scope, AccessKey key) {
        return new PolicyMistakes(policy, signature, key, new SigningKeys(KEYS))
                .cause(scope)
                .orElse(NONE_OF_FORM);
    }

    /**
     * The same for an STS call in RPC style; empty when its signature matches.
     *
     * @param parameters the parameters of query and body together
     * @param key the access key that the call names
     */
    public static Optional<Explained.Cause> ofRpc(
            HttpMethod method,
            QueryParameters parameters,
            String signature,
            AccessKey key,
            Explained.ClientForm client) {
        RpcMistakes mistakes = new RpcMistakes(method, parameters, signature, key);
        if (mistakes.matches()) {
            return Optional.empty();
        }
        boolean same = client.stringToSign()
                .map(ShownText::of)
                .equals(Optional.of(RpcSignature.form(method, parameters).stringToSign()));
        return Optional.of(mistakes.cause().orElse(same ? OTHER_SECRET : NONE));
    }

    /** Compares the request's form with the client's, as far as the client reported it. */
    public static List<Comparison> compare(CanonicalForm form, Explained.ClientForm client) {
        List<Comparison> comparisons = new ArrayList<>(2);
        if (form.canonicalRequest().isPresent() && client.canonicalRequest().isPresent()) {
            comparisons.add(Comparison.of(
                    Comparison.CANONICAL_REQUEST,
                    form.canonicalRequest().get(),
                    client.canonicalRequest().get()));
        }
        if (client.stringToSign().isPresent()) {
            comparisons.add(Comparison.of(
                    Comparison.STRING_TO_SIGN,
                    form.stringToSign(),
                    client.stringToSign().get()));
        }
        return comparisons;
    }

    private static Optional<Explained.Cause> otherForm(
            MismatchedRequest mismatched, Explained.ClientForm client, ClientMistakes mistakes) {
        List<Comparison> comparisons =
                compare(SignatureVerifier.form(mismatched.signed(), mismatched.request()), client);
        if (comparisons.isEmpty()) {
            return Optional.empty();
        }
        Comparison last = comparisons.getLast();
        if (last.form().equals(Comparison.STRING_TO_SIGN)
                && last.firstDifference().isEmpty()) {
            return Optional.of(OTHER_SECRET);
        }
        return mistakes.matchesAny(mismatched, inputs(mismatched, client))
                ? comparisons.stream()
                        .flatMap(comparison -> difference(comparison).stream())
                        .findFirst()
                : Optional.empty();
    }

    private static List<ClientMistakes.SignedInput> inputs(MismatchedRequest mismatched, Explained.ClientForm client) {
        return switch (mismatched.version()) {
            case V1 ->
                client.stringToSign().stream()
                        .<ClientMistakes.SignedInput>map(ClientMistakes.SignedInput.AsText::new)
                        .toList();
            case V2 -> List.of();
            case V4 -> {
                CredentialScope scope = Texts.scope(mismatched.signed()).orElseThrow();
                List<ClientMistakes.SignedInput> texts = new ArrayList<>(2);
                client.canonicalRequest()
                        .ifPresent(text -> texts.add(new ClientMistakes.SignedInput.AsScopedText(
                                SelfSignature.stringToSign(Texts.date(mismatched), scope, text), scope)));
                client.stringToSign()
                        .ifPresent(text -> texts.add(new ClientMistakes.SignedInput.AsScopedText(text, scope)));
                yield texts;
            }
        };
    }

    private static Optional<Explained.Cause> difference(Comparison comparison) {
        if (comparison.firstDifference().isEmpty()) {
            return Optional.empty();
        }
        Comparison.Row row = comparison.lines().get(comparison.firstDifference().getAsInt());
        return Optional.of(new Explained.Cause(
                "OtherRequestSigned",
                "The signature is over the client's form, whose first difference is in the line "
                        + ShownText.Quoted.of(row.name())
                        + ": the client has "
                        + row.other().map(ShownText.Quoted::of).orElse("no such line")
                        + " and the request gives "
                        + row.request().map(ShownText.Quoted::of).orElse("none")
                        + "; sign what is sent."));
    }
}

package io.countersign.verify.explain;

import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CanonicalForm;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.Secret;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.SelfSignature;
import io.countersign.signing.request.SignatureVerifier;
import io.countersign.signing.rpc.RpcSignature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out why a signature does not hold. It decides nothing: a request that comes here is refused, whatever is found. */
public final class Diagnosis {
    /** Derived keys of the regions that are tried. */
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
     * The cause of a signature's mismatch: the known mistake that it fits; else the first line in which the client's form differs, where the signature proves that form; else that none is known.
     *
     * @param request as it was verified
     * @param signed what it presents, which does not hold
     * @param secret of the access key that it names
     * @param client what the client says it signed
     */
    public static Explained.Cause of(
            OssRequest request, RequestCredentials.Signed signed, Secret secret, Explained.ClientForm client) {
        MismatchedRequest failed = new MismatchedRequest(request, signed, secret);
        ClientMistakes nearMisses = new ClientMistakes(new SigningKeys(KEYS));
        return nearMisses
                .cause(failed)
                .or(() -> otherForm(failed, client, nearMisses))
                .or(() -> AdditionalHeaders.suspected(failed))
                .orElse(NONE);
    }

    /**
     * The same for the signature of a POST form, over its policy.
     *
     * @param policy the Base64 text of the field
     * @param scope of V4; empty for V1
     */
    public static Explained.Cause ofForm(
            String policy, String signature, Optional<CredentialScope> scope, AccessKey key) {
        return new PolicyMisses(policy, signature, key, new SigningKeys(KEYS))
                .cause(scope)
                .orElse(NONE_OF_FORM);
    }

    /**
     * The same for a call to STS in RPC style; empty when its signature holds.
     *
     * @param parameters of query and body together
     * @param key the access key that the call names
     */
    public static Optional<Explained.Cause> ofRpc(
            HttpMethod method,
            QueryParameters parameters,
            String signature,
            AccessKey key,
            Explained.ClientForm client) {
        RpcMisses misses = new RpcMisses(method, parameters, signature, key);
        if (misses.holds()) {
            return Optional.empty();
        }
        boolean same = client.stringToSign()
                .map(ShownText::of)
                .equals(Optional.of(RpcSignature.form(method, parameters).stringToSign()));
        return Optional.of(misses.cause().orElse(same ? OTHER_SECRET : NONE));
    }

    /** The request's form and the client's, as far as it told one. */
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
            MismatchedRequest failed, Explained.ClientForm client, ClientMistakes nearMisses) {
        List<Comparison> comparisons = compare(SignatureVerifier.form(failed.signed(), failed.request()), client);
        if (comparisons.isEmpty()) {
            return Optional.empty();
        }
        Comparison last = comparisons.getLast();
        if (last.form().equals(Comparison.STRING_TO_SIGN)
                && last.firstDifference().isEmpty()) {
            return Optional.of(OTHER_SECRET);
        }
        return nearMisses.holdsAny(failed, written(failed, client))
                ? comparisons.stream()
                        .flatMap(comparison -> difference(comparison).stream())
                        .findFirst()
                : Optional.empty();
    }

    private static List<ClientMistakes.SignedInput> written(MismatchedRequest failed, Explained.ClientForm client) {
        return switch (failed.version()) {
            case V1 ->
                client.stringToSign().stream()
                        .<ClientMistakes.SignedInput>map(ClientMistakes.SignedInput.AsText::new)
                        .toList();
            case V2 -> List.of();
            case V4 -> {
                CredentialScope scope = Texts.scope(failed.signed()).orElseThrow();
                List<ClientMistakes.SignedInput> texts = new ArrayList<>(2);
                client.canonicalRequest()
                        .ifPresent(text -> texts.add(new ClientMistakes.SignedInput.AsScopedText(
                                SelfSignature.stringToSign(Texts.date(failed), scope, text), scope)));
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

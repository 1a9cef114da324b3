package io.countersign.verify.explain;

import io.countersign.oss.OssRequest;
import io.countersign.signing.ConstantTime;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureCheck;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.SelfSignature;
import io.countersign.signing.request.SignatureVerifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tries the known mistakes on a signature that does not match, one after the other. */
final class ClientMistakes {
    /** The most signatures computed for one request: this bounds the work that a refused request can cause. */
    static final int MAX_ATTEMPTS = 256;

    /** The commonest mistakes come first, the rare ones that need a text of their own last. */
    private static final List<ClientMistake> ALL = List.of(
            new SignatureText(),
            new OtherContentType(),
            new OtherContentType.OtherContentMd5(),
            new OtherContentType.OtherVerb(),
            new OtherRegion.WrongCopyOfSecret(),
            new ParameterText.UnsignedToken(),
            new ParameterText.AddedParameter(),
            new OtherContentType.AddedHeader(),
            new KeyEncoding(),
            new KeyEncoding.PlusAndSpace(),
            new KeyEncoding.Slashes(),
            new OtherBucket(),
            new OtherRegion(),
            new OtherContentType.OtherDate(),
            new OtherHost(),
            new AdditionalHeaders(),
            new OtherContentType.HeaderCharacters(),
            new ParameterText(),
            new SignatureText.PayloadLine(),
            new SignatureText.FormDecodedContent(),
            new SignatureText.LineEnds());

    private final SigningKeys signingKeys;
    private final SignatureVerifier verifier;

    /** @param signingKeys the keys of this request only: an attempt leaves nothing behind in shared keys */
    ClientMistakes(SigningKeys signingKeys) {
        this.signingKeys = signingKeys;
        this.verifier = new SignatureVerifier(signingKeys);
    }

    /** The first mistake that explains the signature; empty when none does. */
    Optional<Explained.Cause> cause(MismatchedRequest mismatched) {
        return candidates(mismatched)
                .limit(MAX_ATTEMPTS)
                .filter(candidate -> matches(mismatched, candidate.input()))
                .findFirst()
                .map(Candidate::cause);
    }

    /** Everything that a client may have signed, computed lazily in the order of the mistakes. */
    static Stream<Candidate> candidates(MismatchedRequest mismatched) {
        return ALL.stream().flatMap(mistake -> mistake.of(mismatched).stream());
    }

    boolean matchesAny(MismatchedRequest mismatched, List<SignedInput> inputs) {
        return inputs.stream().anyMatch(input -> matches(mismatched, input));
    }

    private boolean matches(MismatchedRequest mismatched, SignedInput input) {
        return switch (input) {
            case SignedInput.AsRequest other ->
                switch (verifier.check(other.signed(), other.request(), other.secret())) {
                    case SignatureCheck.Matches matches -> true;
                    case SignatureCheck.Mismatch mismatch -> false;
                };
            case SignedInput.AsText other ->
                ConstantTime.equal(
                        SelfSignature.v1(other.stringToSign(), mismatched.key()),
                        mismatched.signed().signature());
            case SignedInput.AsScopedText(String text, CredentialScope scope) ->
                ConstantTime.equal(
                        SelfSignature.v4(text, scope, mismatched.key(), signingKeys),
                        mismatched.signed().signature());
        };
    }

    /** A mistake that clients are known to make. Each candidate is what a client that made it would have signed. A match explains a refusal and never lifts it. */
    sealed interface ClientMistake
            permits OtherContentType.AddedHeader,
                    ParameterText.AddedParameter,
                    AdditionalHeaders,
                    SignatureText.FormDecodedContent,
                    OtherContentType.HeaderCharacters,
                    KeyEncoding,
                    SignatureText.LineEnds,
                    OtherBucket,
                    OtherContentType.OtherContentMd5,
                    OtherContentType,
                    OtherContentType.OtherDate,
                    OtherHost,
                    OtherRegion,
                    OtherContentType.OtherVerb,
                    ParameterText,
                    SignatureText.PayloadLine,
                    KeyEncoding.PlusAndSpace,
                    KeyEncoding.Slashes,
                    SignatureText,
                    ParameterText.UnsignedToken,
                    OtherRegion.WrongCopyOfSecret {
        /** The inputs that may have been signed, the likeliest first; none when this mistake is impossible here. The number is bounded for every request. */
        List<Candidate> of(MismatchedRequest mismatched);
    }

    /** An input to try, and the cause if the signature matches it. */
    record Candidate(SignedInput input, Explained.Cause cause) {}

    /** The input that a client may have signed instead of the request that arrived. */
    sealed interface SignedInput {
        /** Another request, another reading of the signature, or another secret. */
        record AsRequest(OssRequest request, RequestCredentials.Signed signed, Secret secret) implements SignedInput {}

        /** A text that no request produces. */
        record AsText(String stringToSign) implements SignedInput {}

        /** A text, signed with the signing key of the scope. */
        record AsScopedText(String stringToSign, CredentialScope scope) implements SignedInput {}
    }
}

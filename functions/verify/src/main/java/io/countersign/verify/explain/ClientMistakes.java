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

/** Tries the known mistakes on a signature that did not hold, one after the other. */
final class ClientMistakes {
    /** Signatures computed for one request at most: this bounds the work that a refused request can ask for. */
    static final int MAX_ATTEMPTS = 256;

    /** The commonest mistakes first; those that need a text of their own, which hardly anybody makes, last. */
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
            new KeyEncoding.OtherBucket(),
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

    /** @param signingKeys of this request alone: what is tried leaves nothing behind in the keys of others */
    ClientMistakes(SigningKeys signingKeys) {
        this.signingKeys = signingKeys;
        this.verifier = new SignatureVerifier(signingKeys);
    }

    /** The first mistake that the signature fits; empty when it fits none. */
    Optional<Explained.Cause> cause(MismatchedRequest failed) {
        return variations(failed)
                .limit(MAX_ATTEMPTS)
                .filter(variation -> holds(failed, variation.written()))
                .findFirst()
                .map(Candidate::cause);
    }

    /** All that a client may have signed, made one mistake after the other as they are asked for. */
    static Stream<Candidate> variations(MismatchedRequest failed) {
        return ALL.stream().flatMap(nearMiss -> nearMiss.of(failed).stream());
    }

    boolean holdsAny(MismatchedRequest failed, List<SignedInput> written) {
        return written.stream().anyMatch(one -> holds(failed, one));
    }

    private boolean holds(MismatchedRequest failed, SignedInput written) {
        return switch (written) {
            case SignedInput.AsRequest other ->
                switch (verifier.check(other.signed(), other.request(), other.secret())) {
                    case SignatureCheck.Matches matches -> true;
                    case SignatureCheck.Mismatch mismatch -> false;
                };
            case SignedInput.AsText other ->
                ConstantTime.equal(
                        SelfSignature.v1(other.stringToSign(), failed.key()),
                        failed.signed().signature());
            case SignedInput.AsScopedText(String text, CredentialScope scope) ->
                ConstantTime.equal(
                        SelfSignature.v4(text, scope, failed.key(), signingKeys),
                        failed.signed().signature());
        };
    }

    /** A mistake that clients are known to make. What a client that made it would have signed is tried; that it fits explains a refusal, and never lifts it. */
    sealed interface ClientMistake
            permits OtherContentType.AddedHeader,
                    ParameterText.AddedParameter,
                    AdditionalHeaders,
                    SignatureText.FormDecodedContent,
                    OtherContentType.HeaderCharacters,
                    KeyEncoding,
                    SignatureText.LineEnds,
                    KeyEncoding.OtherBucket,
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
        /** What may have been signed, the likeliest first; none when this mistake cannot have been made here. Bounded whatever the request. */
        List<Candidate> of(MismatchedRequest failed);
    }

    /** One thing to try, and what it means if the signature is over it. */
    record Candidate(SignedInput written, Explained.Cause cause) {}

    /** What a client may have signed in place of the request that arrived. */
    sealed interface SignedInput {
        /** Another request, another reading of the signature's text, or with another secret. */
        record AsRequest(OssRequest request, RequestCredentials.Signed signed, Secret secret) implements SignedInput {}

        /** A text that no request gives. */
        record AsText(String stringToSign) implements SignedInput {}

        /** A text under the signing key of that scope. */
        record AsScopedText(String stringToSign, CredentialScope scope) implements SignedInput {}
    }
}

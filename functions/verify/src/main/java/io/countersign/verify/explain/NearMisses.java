package io.countersign.verify.explain;

import io.countersign.signing.ConstantTime;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.SelfSignature;
import io.countersign.signing.SignatureCheck;
import io.countersign.signing.SignatureVerifier;
import io.countersign.signing.SigningKeys;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tries the known mistakes on a signature that did not hold, one after the other. */
final class NearMisses {
    /** Signatures computed for one request at most: this bounds the work that a refused request can ask for. */
    static final int MAX_ATTEMPTS = 256;

    /** The commonest mistakes first; those that need a text of their own, which hardly anybody makes, last. */
    private static final List<NearMiss> ALL = List.of(
            new SignatureText(),
            new OtherContentType(),
            new OtherContentMd5(),
            new OtherVerb(),
            new WrongCopyOfSecret(),
            new UnsignedToken(),
            new AddedParameter(),
            new AddedHeader(),
            new KeyEncoding(),
            new PlusAndSpace(),
            new Slashes(),
            new OtherBucket(),
            new OtherRegion(),
            new OtherDate(),
            new OtherHost(),
            new AdditionalHeaders(),
            new HeaderCharacters(),
            new ParameterText(),
            new PayloadLine(),
            new FormDecodedContent(),
            new LineEnds());

    private final SigningKeys signingKeys;
    private final SignatureVerifier verifier;

    /** @param signingKeys of this request alone: what is tried leaves nothing behind in the keys of others */
    NearMisses(SigningKeys signingKeys) {
        this.signingKeys = signingKeys;
        this.verifier = new SignatureVerifier(signingKeys);
    }

    /** The first mistake that the signature fits; empty when it fits none. */
    Optional<Cause> cause(Failed failed) {
        return variations(failed)
                .limit(MAX_ATTEMPTS)
                .filter(variation -> holds(failed, variation.written()))
                .findFirst()
                .map(Variation::cause);
    }

    /** All that a client may have signed, made one mistake after the other as they are asked for. */
    static Stream<Variation> variations(Failed failed) {
        return ALL.stream().flatMap(nearMiss -> nearMiss.of(failed).stream());
    }

    boolean holdsAny(Failed failed, List<Written> written) {
        return written.stream().anyMatch(one -> holds(failed, one));
    }

    private boolean holds(Failed failed, Written written) {
        return switch (written) {
            case Written.AsRequest other ->
                switch (verifier.check(other.signed(), other.request(), other.secret())) {
                    case SignatureCheck.Matches matches -> true;
                    case SignatureCheck.Mismatch mismatch -> false;
                };
            case Written.AsText other ->
                ConstantTime.equal(
                        SelfSignature.v1(other.stringToSign(), failed.key()),
                        failed.signed().signature());
            case Written.AsScopedText(String text, CredentialScope scope) ->
                ConstantTime.equal(
                        SelfSignature.v4(text, scope, failed.key(), signingKeys),
                        failed.signed().signature());
        };
    }
}

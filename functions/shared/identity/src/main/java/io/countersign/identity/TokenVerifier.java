package io.countersign.identity;

import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;

/** Checks the signature of a token, and its times at a given moment. */
final class TokenVerifier {
    /** The clock skew for {@code exp}, {@code nbf} and {@code iat}, in seconds. */
    static final int LEEWAY = 60;

    private TokenVerifier() {}

    /**
     * Verifies the signature of a token with this key and this algorithm, and its claims as {@link #checkClaims}.
     *
     * @return the claims as the library reads them, for {@link #checkClaims}
     * @throws CallerRefusal InvalidSignature, InvalidToken, TokenExpired or TokenNotYetValid
     */
    static JwtClaims verify(
            String token,
            CompactToken.Algorithm algorithm,
            TokenClaims claims,
            String audience,
            PublicKey key,
            Instant now)
            throws CallerRefusal {
        JwtConsumer consumer = expecting(claims, audience, now)
                .setJwsAlgorithmConstraints(ConstraintType.PERMIT, algorithm.text())
                .setVerificationKey(key)
                .build();
        try {
            return consumer.processToClaims(token);
        } catch (InvalidJwtException e) {
            throw refusal(e);
        }
    }

    /**
     * Returns normally if the claims of a token whose signature has verified are for this issuer and audience, and valid at this moment.
     *
     * @throws CallerRefusal InvalidToken, TokenExpired or TokenNotYetValid
     */
    static void checkClaims(JwtClaims verified, TokenClaims claims, String audience, Instant now) throws CallerRefusal {
        JwtConsumer consumer = expecting(claims, audience, now)
                .setSkipSignatureVerification()
                .setDisableRequireSignature()
                .build();
        try {
            consumer.processContext(new JwtContext(verified, List.of()));
        } catch (InvalidJwtException e) {
            throw refusal(e);
        }
    }

    private static JwtConsumerBuilder expecting(TokenClaims claims, String audience, Instant now) {
        return new JwtConsumerBuilder()
                .setExpectedIssuer(claims.issuer())
                .setExpectedAudience(audience)
                .setRequireSubject()
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setIssuedAtRestrictions(0, Integer.MAX_VALUE)
                .setAllowedClockSkewInSeconds(LEEWAY)
                .setEvaluationTime(NumericDate.fromSeconds(now.getEpochSecond()));
    }

    /** Keeps only the kind of the error, because the library's message repeats claims. */
    private static CallerRefusal refusal(InvalidJwtException e) {
        if (e.hasErrorCode(ErrorCodes.SIGNATURE_INVALID) || e.hasErrorCode(ErrorCodes.SIGNATURE_MISSING)) {
            return new CallerRefusal(
                    CallerRefusal.Code.INVALID_SIGNATURE, "The token's signature does not match the provider's key.");
        }
        if (e.hasErrorCode(ErrorCodes.EXPIRED)) {
            return new CallerRefusal(CallerRefusal.Code.TOKEN_EXPIRED, "The token has expired; sign in again.");
        }
        if (e.hasErrorCode(ErrorCodes.NOT_YET_VALID) || e.hasErrorCode(ErrorCodes.ISSUED_AT_INVALID_FUTURE)) {
            return new CallerRefusal(
                    CallerRefusal.Code.TOKEN_NOT_YET_VALID,
                    "The token is not valid yet; check the clock of its issuer (" + LEEWAY + " seconds are allowed).");
        }
        return new CallerRefusal(
                CallerRefusal.Code.INVALID_TOKEN, "The token was refused; ask its issuer for a new one.");
    }
}

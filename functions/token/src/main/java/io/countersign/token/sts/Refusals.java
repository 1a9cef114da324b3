package io.countersign.token.sts;

import io.countersign.identity.CallerRefusal;

/** What refuses a bearer's caller or a session, in STS's terms. */
final class Refusals {
    private Refusals() {}

    static StsRefusal of(CallerRefusal refusal) {
        return switch (refusal.error()) {
            case INVALID_TOKEN, TOKEN_NOT_YET_VALID -> said(StsError.OIDC_TOKEN_INVALID, refusal);
            case TOKEN_EXPIRED -> said(StsError.OIDC_TOKEN_EXPIRED, refusal);
            case UNKNOWN_ISSUER, AMBIGUOUS_AUDIENCE -> said(StsError.OIDC_TOKEN_AUDIENCE, refusal);
            case INVALID_SIGNATURE, UNKNOWN_KEY -> said(StsError.OIDC_TOKEN_SIGNATURE, refusal);
            case KEYS_UNAVAILABLE -> said(StsError.UNAVAILABLE, refusal);
            case INVALID_ROLE, ROLE_REQUIRED -> said(StsError.INVALID_ROLE_ARN, refusal);
            case ROLE_NOT_FOUND -> said(StsError.NO_SUCH_ROLE, refusal);
            case NOT_TRUSTED, CLAIM_REFUSED, NO_PERMISSION -> said(StsError.NO_PERMISSION, refusal);
            case INVALID_SESSION_POLICY -> said(StsError.INVALID_POLICY, refusal);
            case SESSION_TOO_LARGE -> said(StsError.POLICY_TOO_LONG, refusal);
            case INVALID_DURATION -> said(StsError.INVALID_DURATION, refusal);
        };
    }

    private static StsRefusal said(StsError error, CallerRefusal refusal) {
        return new StsRefusal(error, error.message() + " " + refusal.text());
    }
}

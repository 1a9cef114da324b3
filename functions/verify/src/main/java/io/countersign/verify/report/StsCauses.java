package io.countersign.verify.report;

import io.countersign.verify.explain.Cause;
import io.countersign.verify.transcript.ErrorBody;

/** The causes of what STS refused, by its code (protocol.md 6; 11, troubles 14 and 16). */
final class StsCauses {
    private static final String TRUST = "The trust policy of the role";
    private static final String CALLER = "policy of the caller";

    private StsCauses() {}

    static Cause of(ErrorBody error) {
        String code = error.code();
        if (code.equals("NoPermission")) {
            return noPermission(error.message());
        }
        if (code.startsWith("SignatureDoesNotMatch")) {
            return new Cause(
                    "StsSignature",
                    "STS signed another string than the client, or with another secret: compare its string to sign (after \"server string to sign is:\") with the client's; an RPC call is signed under the secret and an ampersand, over all parameters but Signature, encoded twice.");
        }
        if (code.startsWith("InvalidTimeStamp")) {
            return new Cause(
                    "ClockSkew",
                    "STS takes a Timestamp within 15 minutes of its own clock, in UTC as 2026-11-22T03:00:00Z; set the client's clock, or correct the format.");
        }
        return code.equals("SignatureNonceUsed")
                ? new Cause(
                        "NonceUsed",
                        "Each call needs a SignatureNonce of its own; make a new one for each attempt, retries too.")
                : new Cause(code, "STS refused the call: " + sentence(error.message()));
    }

    private static Cause noPermission(String message) {
        if (message.contains(TRUST)) {
            return new Cause(
                    "TrustPolicy",
                    "The role's trust policy refused, not the caller's own: it must name the caller in Principal, with sts:AssumeRole; add the caller there.");
        }
        if (message.contains(CALLER)) {
            return new Cause(
                    "CallerPolicy",
                    "The caller's own RAM policy refused, not the role's trust policy: it must allow sts:AssumeRole on the role's ARN, and no Deny may name it; attach such a policy to the user.");
        }
        if (message.contains("root account")) {
            return new Cause(
                    "RootAccount", "An account's own key assumes no role; call with the access key of a RAM user.");
        }
        return new Cause(
                "CallerOrTrustPolicy",
                "STS does not say which of two policies refused: the caller's RAM policy must allow sts:AssumeRole on the role's ARN, and the role's trust policy must name the caller; check both.");
    }

    private static String sentence(String message) {
        String text = message.strip();
        return text.endsWith(".") ? text : text + ".";
    }
}

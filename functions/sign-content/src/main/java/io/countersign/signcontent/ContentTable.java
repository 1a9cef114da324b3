package io.countersign.signcontent;

import io.countersign.http.ProblemException;
import io.countersign.identity.delegation.SignableRequest;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.identity.delegation.SigningTable;
import io.countersign.oss.Operations;
import io.countersign.oss.OssRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Checks the time of a string to sign, and every request that has this string against the table of signable requests. */
final class ContentTable {
    private final SigningTable table;
    private final SignatureTime time;

    ContentTable(SignContentSettings settings) {
        this.table = new SigningTable(settings.signing());
        this.time = new SignatureTime(settings.maxExpiry());
    }

    /**
     * Checks the time and the request of the string.
     *
     * @throws ProblemException with the reason of the refusal
     */
    SignableRequest own(ContentSigner.Parsed parsed, Instant now) throws ProblemException {
        time.check(parsed, now);
        try {
            return table.admit(parsed.own());
        } catch (SigningRefusal refusal) {
            throw new ProblemException(refusal.problem(ContentError.TITLE));
        }
    }

    /**
     * Checks the other requests that are operations; every server refuses a request that is none.
     *
     * @throws ProblemException AmbiguousContent
     */
    List<SignableRequest> others(ContentSigner.Parsed parsed) throws ProblemException {
        List<SignableRequest> others = new ArrayList<>();
        for (OssRequest reading : parsed.others()) {
            if (Operations.of(reading).isPresent()) {
                try {
                    others.add(table.admit(reading));
                } catch (SigningRefusal refusal) {
                    throw ambiguous(refusal);
                }
            }
        }
        return others;
    }

    static ProblemException ambiguous(SigningRefusal refusal) {
        return ContentError.AMBIGUOUS_CONTENT.cause(
                "V1 does not encode the resource, so this content is also the string to sign of a request with the question mark or an ampersand in a name, and that request is refused: "
                        + refusal.text() + " Or sign with V4, which is not ambiguous.");
    }
}

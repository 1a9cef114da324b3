package io.countersign.signcontent;

import io.countersign.http.ProblemException;
import io.countersign.signing.AccessKey;
import io.countersign.signing.request.SelfSignature;
import java.time.Instant;

/**
 * Signs V1's string to sign for an operator. The string is parsed, rebuilt and checked against the table and the time as for other callers. No policy is evaluated,
 * because an operator with the registry and its root key can read every secret.
 */
public final class OperatorContentSigner {
    private final ContentTable table;

    public OperatorContentSigner(SignContentSettings settings) {
        this.table = new ContentTable(settings);
    }

    /**
     * Returns {@code OSS id:signature}, the value of an Authorization header.
     *
     * @param content the client's string to sign, byte for byte, without a line end after it
     * @throws ProblemException with the reason that {@code /sign-content} gives
     */
    public String authorization(String content, AccessKey key, Instant now) throws ProblemException {
        ContentSigner.Parsed parsed = V1Content.parse(content).parsed();
        table.own(parsed, now);
        table.others(parsed);
        return SelfSignature.authorization(content, key);
    }
}

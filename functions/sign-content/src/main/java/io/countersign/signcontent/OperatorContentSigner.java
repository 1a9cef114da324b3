package io.countersign.signcontent;

import io.countersign.http.ProblemException;
import io.countersign.registry.KeyRegistry;
import io.countersign.signing.AccessKey;
import io.countersign.signing.request.SelfSignature;
import java.time.Instant;

/**
 * Signs V1's string to sign for an operator. It is parsed, rebuilt and held against the table and the time as everybody's; no policy is asked, since whoever
 * holds the registry and its root key has every secret in it.
 */
public final class OperatorContentSigner {
    private final ContentAuthorizer desk;

    public OperatorContentSigner(KeyRegistry registry, SignContentSettings settings) {
        this.desk = new ContentAuthorizer(registry, settings);
    }

    /**
     * {@code OSS id:signature}, the text of an Authorization header.
     *
     * @param content byte for byte what the client built, without a line end behind it
     * @throws Refused with the reason, as {@code /sign-content} gives it
     */
    public String authorization(String content, AccessKey key, Instant now) throws ProblemException {
        desk.admit(V1Content.parse(content).parsed(), now);
        return SelfSignature.authorization(content, key);
    }
}

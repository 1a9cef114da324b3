package io.countersign.verify.forwardauth;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.registry.AclWriter;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.AnswerError;
import io.countersign.verify.SessionOpener;
import io.countersign.verify.Verifier;
import io.countersign.verify.VerifyAnswer;
import io.countersign.verify.VerifyRequest;
import io.countersign.verify.VerifySettings;
import java.time.Instant;

/**
 * The authorizer of a REST API of API Gateway, which passes the client's URL on. It allows what {@code /auth} allows with {@code keys: uri}: the body is not read,
 * no ACL is named and an object that is written or deleted loses its own first, and names that the storage behind might fold or read otherwise do not pass. An API that sees another path than the client sent is refused
 * everything.
 */
public final class Authorizer {
    private final Verifier verifier;
    private final AclDrops acls;

    /**
     * @param acls writes what the registry reads
     * @param signingKeys shared with whoever else signs or verifies with the registry's keys
     */
    public Authorizer(
            KeyRegistry registry, AclWriter acls, SessionOpener sessions, SigningKeys signingKeys, BaseDomains bases) {
        this.acls = new AclDrops(acls, registry);
        this.verifier = new Verifier(registry, sessions, signingKeys, new VerifySettings(false, bases));
    }

    /**
     * @param now the present
     * @throws StoreUnavailable when there was no decision: nothing may pass
     */
    public AuthorizerPolicy judge(AuthorizerEvent event, Instant now) throws StoreUnavailable {
        try {
            if (!event.atRoot()) {
                throw new OssRefusal(
                        OssError.INVALID_ARGUMENT,
                        "The API does not see the path that the client sent; give it a domain of its own, without a base path.");
            }
            VerifyRequest request = event.toVerify();
            OssRequest oss = verifier.read(request, now);
            ProxyLimits.check(oss);
            FileKeys.check(oss);
            UriKeys.check(event.uri(), oss);
            VerifyAnswer answer = verifier.verify(request, now);
            acls.before(answer.obligations(), now);
            return AuthorizerPolicy.of(event.methodArn(), answer);
        } catch (OssRefusal refusal) {
            return AuthorizerPolicy.deny(event.methodArn(), AnswerError.of(refusal));
        }
    }
}

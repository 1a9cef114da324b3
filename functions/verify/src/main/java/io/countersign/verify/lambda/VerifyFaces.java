package io.countersign.verify.lambda;

import io.countersign.http.Face;
import io.countersign.identity.token.SessionReader;
import io.countersign.lambda.Deployment;
import io.countersign.registry.AclWriter;
import io.countersign.registry.KeyRegistry;
import io.countersign.settings.InvalidSettingException;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.SessionOpener;
import io.countersign.verify.VerifyFunction;
import io.countersign.verify.VerifyProperties;
import io.countersign.verify.acl.AclFunction;
import io.countersign.verify.forwardauth.AuthFunction;
import io.countersign.verify.forwardauth.AuthProperties;
import io.countersign.verify.forwardauth.Authorizer;
import java.util.Map;

/** What the function is, on one deployment; what it remembers is shared by whatever it is asked through. */
record VerifyFaces(VerifyFunction verify, AuthFunction auth, AclFunction acl, Authorizer authorizer) {
    /** Derived V4 keys to keep: one for each key, day and region in use. */
    private static final int SIGNING_KEYS = 1024;

    static VerifyFaces on(Deployment at) throws InvalidSettingException {
        KeyRegistry registry = at.registry();
        SigningKeys keys = new SigningKeys(SIGNING_KEYS);
        SessionOpener sessions = SessionOpener.of(new SessionReader(registry));
        AclWriter acls = new AclWriter(at.store());
        VerifyProperties properties = VerifyProperties.from(at.values());
        return new VerifyFaces(
                // Whoever asks is somewhere else.
                new VerifyFunction(registry, sessions, keys, properties.listening(false)),
                new AuthFunction(
                        registry,
                        acls,
                        sessions,
                        keys,
                        AuthProperties.from(at.values(), properties.bases()),
                        at.random(),
                        System::nanoTime),
                new AclFunction(at.store()),
                new Authorizer(registry, acls, sessions, keys, properties.bases()));
    }

    Map<String, Face> byPath() {
        return Map.of("/verify", verify::handle, "/auth", auth::handle, "/acl", acl::handle);
    }
}

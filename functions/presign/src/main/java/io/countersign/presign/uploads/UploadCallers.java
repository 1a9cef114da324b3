package io.countersign.presign.uploads;

import io.countersign.http.Call;
import io.countersign.http.ProblemException;
import io.countersign.identity.Bearer;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.ClientContext;
import io.countersign.identity.RoleChoice;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.OidcProvider;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.RoleFaces;
import io.countersign.registry.Upload;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Authenticates the callers of an upload, in the role that it names and in the account of their provider. */
final class UploadCallers {
    private final BearerAuthenticator authenticator;
    private final KeyRegistry registry;

    UploadCallers(BearerAuthenticator authenticator, KeyRegistry registry) {
        this.authenticator = authenticator;
        this.registry = registry;
    }

    /** A caller of an upload. */
    record Admitted(Bearer bearer, Upload upload, ClientContext client) {}

    /**
     * Authenticates the caller of an upload.
     *
     * @param later the further records that the call needs
     * @throws ProblemException as {@link BearerAuthenticator#bearer}; UploadNotFound when the provider's account has no such upload
     */
    Admitted admit(Call call, String name, ReadAhead later, Instant now) throws ProblemException, StoreUnavailable {
        Bearer bearer = authenticator.bearer(call, RoleFaces.Face.UPLOADS, new UploadsRole(registry, name), later, now);
        Upload upload = registry.upload(bearer.caller().accountId(), name, later, now)
                .orElseThrow(UploadRefusal::unknownUpload);
        if (!upload.role().equals(bearer.caller().role().name())) {
            throw new StoreUnavailable("the upload " + name + " changed while a call for it was answered");
        }
        return new Admitted(bearer, upload, ClientContext.of(call));
    }

    /** Chooses the role of an upload. */
    private record UploadsRole(KeyRegistry registry, String name) implements RoleChoice<ProblemException> {
        @Override
        public Optional<String> role(OidcProvider provider, ReadAhead later, Instant now)
                throws ProblemException, StoreUnavailable {
            return Optional.of(registry.upload(provider.accountId(), name, later, now)
                    .orElseThrow(UploadRefusal::unknownUpload)
                    .role());
        }

        @Override
        public List<ReadAhead.Hint> names(String issuer, String audience) {
            return List.of(new ReadAhead.Hint.OfUploadOf(issuer, audience, name));
        }
    }
}

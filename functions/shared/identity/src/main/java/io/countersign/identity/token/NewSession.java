package io.countersign.identity.token;

import io.countersign.identity.Caller;
import io.countersign.registry.NewCredentials;
import io.countersign.registry.Revocable;
import io.countersign.registry.Role;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;

/** What stands in the token of a session that is being made. */
final class NewSession {
    private static final int TOKEN_ID_BYTES = 16;

    private NewSession() {}

    /** @param issued in whole milliseconds; the session ends {@code duration} after its second began */
    static SealedContent of(SessionGrant grant, Duration duration, Instant issued, SecureRandom random) {
        Role role = grant.role();
        Instant expires = issued.truncatedTo(ChronoUnit.SECONDS).plus(duration);
        return switch (grant) {
            case SessionGrant.OfBearer bearer -> {
                Caller caller = bearer.caller();
                yield new SealedContent(
                        tokenId(random),
                        role.accountId(),
                        role.name(),
                        role.roleId(),
                        caller.provider().revocable(),
                        caller.subject(),
                        caller.sessionName(),
                        NewCredentials.sessionKeyId(random),
                        NewCredentials.secret(random),
                        caller.principal().session(),
                        caller.variables(),
                        issued,
                        expires);
            }
            case SessionGrant.OfAccessKey key ->
                new SealedContent(
                        tokenId(random),
                        role.accountId(),
                        role.name(),
                        role.roleId(),
                        new Revocable.OfAccessKey(key.parentKeyId()),
                        key.sessionName(),
                        key.sessionName(),
                        NewCredentials.sessionKeyId(random),
                        NewCredentials.secret(random),
                        key.sessionPolicy(),
                        Map.of(),
                        issued,
                        expires);
        };
    }

    private static String tokenId(SecureRandom random) {
        byte[] bytes = new byte[TOKEN_ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}

package io.countersign.rotate.sessions;

import io.countersign.http.Call;
import io.countersign.http.JsonBody;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /sessions/revoke}, for trusted programs: revokes the sessions of a role, a provider, one of its users, an access key, or one session. The answer names
 * them and the time in force. Repeating a call with {@code asOf} gives the same answer.
 *
 * <p>Readers follow within the time of their cache ({@link io.countersign.registry.CacheSettings.Bounds}).
 */
public final class RevokeFunction {
    private static final int ID_BYTES = 12;

    private final SessionRevoker revoker;
    private final SecureRandom random;

    /** @param random draws the ids of audit records */
    public RevokeFunction(RegistryStore store, SecureRandom random) {
        this.revoker = new SessionRevoker(store);
        this.random = random;
    }

    /** @param now the present */
    public Reply handle(Call call, Instant now) {
        try {
            RequestLimits.check(call, RequestLimits.BODY, "POST");
            RevocationCall asked = JsonBody.read(call, members -> RevocationCall.read(members, now));
            SessionRevoker.Revoked revoked = revoker.revoke(
                    asked.target(), asked.asOf().orElse(now), new SessionRevoker.By(id(), "a program"), now);
            return Reply.json(200, revoked.json());
        } catch (ProblemException refused) {
            return refused.problem().reply();
        } catch (RevocationRefusal refused) {
            return refused.problem().reply();
        } catch (StoreUnavailable e) {
            return ProblemException.Problem.unavailable(e).reply();
        }
    }

    private String id() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return "call-" + HexFormat.of().formatHex(id);
    }

    /** @param asOf not after the present */
    record RevocationCall(RevocationTarget target, Optional<Instant> asOf) {
        private static final List<String> TARGETS = List.of("role", "provider", "accessKey", "session");

        /** @throws InvalidDocumentException when a member is malformed, or not exactly one target is named. The caller refuses unknown members. */
        static RevocationCall read(Members members, Instant now) throws InvalidDocumentException {
            List<String> named = TARGETS.stream().filter(members::has).toList();
            if (named.size() != 1) {
                throw new InvalidDocumentException(
                        members.at(), "expected exactly one of " + String.join(", ", TARGETS));
            }
            Optional<Instant> asOf = asOf(members, now);
            return new RevocationCall(target(named.getFirst(), members), asOf);
        }

        private static RevocationTarget target(String kind, Members members) throws InvalidDocumentException {
            Value value = members.required(kind);
            String text = Members.string(value);
            return switch (kind) {
                case "role" -> well(RevocationTarget.ofRole(text), value, "expected acs:ram::ACCOUNT:role/NAME");
                case "provider" -> ofProvider(text, value, members);
                case "accessKey" -> well(RevocationTarget.ofAccessKey(text), value, "expected the id of an access key");
                default ->
                    well(RevocationTarget.ofSession(text), value, "expected a SessionId: 32 hex digits in lower case");
            };
        }

        private static RevocationTarget ofProvider(String provider, Value value, Members members)
                throws InvalidDocumentException {
            RevocationTarget all = well(
                    RevocationTarget.ofProvider(provider, Optional.empty()),
                    value,
                    "expected a provider's name or acs:ram::ACCOUNT:oidc-provider/NAME");
            Optional<Value> subject = members.optional("subject");
            return subject.isEmpty()
                    ? all
                    : well(
                            RevocationTarget.ofProvider(provider, Optional.of(Members.string(subject.get()))),
                            subject.get(),
                            "expected the sub of a token: 1 to 255 printable characters");
        }

        private static RevocationTarget well(Optional<RevocationTarget> target, Value value, String expected)
                throws InvalidDocumentException {
            return target.orElseThrow(() -> new InvalidDocumentException(value.at(), expected));
        }

        private static Optional<Instant> asOf(Members members, Instant now) throws InvalidDocumentException {
            Optional<Value> value = members.optional("asOf");
            if (value.isEmpty()) {
                return Optional.empty();
            }
            try {
                Instant moment = Instant.parse(Members.string(value.get()));
                if (!moment.isAfter(now) && !moment.isBefore(Instant.EPOCH)) {
                    return Optional.of(moment);
                }
            } catch (DateTimeException e) {
                // Refused below, as a moment to come is.
            }
            throw new InvalidDocumentException(
                    value.get().at(), "expected a moment up to now, such as 2026-11-22T03:00:00Z");
        }
    }
}

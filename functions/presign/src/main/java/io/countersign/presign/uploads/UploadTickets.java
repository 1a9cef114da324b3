package io.countersign.presign.uploads;

import io.countersign.http.ProblemException;
import io.countersign.identity.token.TypedSeal;
import io.countersign.json.InvalidDocumentException;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/** Seals and opens the ids of multipart uploads. */
final class UploadTickets {
    private final TypedSeal seal;

    /** @param random draws nonces */
    UploadTickets(KeyRegistry registry, SecureRandom random) {
        this.seal = new TypedSeal("upload", registry, random);
    }

    String seal(UploadTicket ticket, Instant now) throws StoreUnavailable {
        return seal.seal(ticket.text(), now);
    }

    /**
     * Opens the id of an upload of this caller.
     *
     * @param key as the client names it beside the id
     * @throws ProblemException UploadIdNotFound for an id that was not sealed here, is of another upload, bucket or caller, or has another key; UploadExpired for one
     *     of the caller's own
     */
    UploadTicket open(String uploadId, UploadCallers.Admitted admitted, Optional<String> key, Instant now)
            throws ProblemException, StoreUnavailable {
        UploadTicket ticket = seal.open(uploadId, now)
                .flatMap(UploadTickets::read)
                .filter(found -> found.isOf(admitted.bearer().caller())
                        && found.upload().upload().equals(admitted.upload().name())
                        && found.upload().bucket().equals(admitted.upload().bucket())
                        && key.map(found.upload().key()::equals).orElse(true))
                .orElseThrow(UploadRefusal::unknownId);
        if (!now.isBefore(ticket.upload().expires())) {
            throw UploadRefusal.expired();
        }
        return ticket;
    }

    private static Optional<UploadTicket> read(byte[] content) {
        try {
            return Optional.of(UploadTicket.read(content));
        } catch (InvalidDocumentException e) {
            return Optional.empty();
        }
    }
}

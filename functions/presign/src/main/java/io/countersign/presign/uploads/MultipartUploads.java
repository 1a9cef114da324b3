package io.countersign.presign.uploads;

import io.countersign.http.LongWork;
import io.countersign.http.ProblemException;
import io.countersign.identity.Caller;
import io.countersign.identity.delegation.SigningAuthority;
import io.countersign.identity.delegation.SigningPermit;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.registry.Bucket;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.Upload;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.upstream.xml.PartList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Multipart uploads: begun, listed, completed and aborted at the storage by Countersign, which holds the size of the whole; the client puts the parts. */
final class MultipartUploads {
    /** The most parts that are signed on the event loop. */
    private static final int AT_ONCE = 50;

    private final KeyRegistry registry;
    private final UploadSigner signer;
    private final UploadTickets tickets;
    private final StorageClient storage;
    private final LongWork longWork;
    private final StoragePlaces places;

    MultipartUploads(
            KeyRegistry registry,
            UploadSigner signer,
            UploadTickets tickets,
            StorageClient storage,
            LongWork longWork) {
        this.registry = registry;
        this.signer = signer;
        this.tickets = tickets;
        this.storage = storage;
        this.longWork = longWork;
        this.places = new StoragePlaces(storage.wholeCall());
    }

    /**
     * A part for the client to put.
     *
     * @param size that the URL binds
     */
    record SignedPart(int number, String url, long size) {}

    /**
     * A multipart upload that was begun.
     *
     * @param uploadId sealed
     * @param parts of the whole file; empty where its size is not known
     */
    record Begun(UploadTicket ticket, String uploadId, List<SignedPart> parts) {}

    /** An upload of this caller, whose role may still write its key. */
    record Opened(UploadSigner.Writing writing, UploadTicket ticket, SigningPermit permit) {}

    /** Begins an upload; signs all parts where the size is known. Counts a signature for each, and one where the size is not known: the beginning is signed too, and leaves an upload at the storage. */
    Begun begin(UploadSigner.Writing writing, NewObject object, UploadRequest file, Instant now)
            throws SigningRefusal, StoreUnavailable, StorageFault {
        Upload upload = writing.upload();
        Caller caller = writing.admitted().bearer().caller();
        List<UploadSigner.PartToSign> parts = parts(upload, file.size());
        SigningPermit permit = signer.permitParts(writing, now);
        // Asked on the event loop, all of this begins anew on a worker: nothing is counted or begun before.
        longWork.begins();
        SigningAuthority.SigningGrant grant;
        String storageId;
        StoragePlaces.Place place = places.enter(
                new StoragePlaces.Subject(caller.accountId(), caller.provider().name(), caller.subject()));
        try (place) {
            grant = signer.grant(permit, Math.max(1, parts.size()), now);
            storageId = storage.initiate(object(writing.key(), upload.bucket(), now), file.contentType(), now);
        }
        UploadTicket ticket = new UploadTicket(writing.allowed(object, now), storageId, file.size());
        List<SignedPart> signed = new ArrayList<>();
        List<String> urls = signer.parts(writing, grant, ticket, parts, now);
        for (int i = 0; i < urls.size(); i++) {
            signed.add(new SignedPart(
                    parts.get(i).number(), urls.get(i), parts.get(i).size().orElseThrow()));
        }
        return new Begun(ticket, tickets.seal(ticket, now), signed);
    }

    private static List<UploadSigner.PartToSign> parts(Upload upload, OptionalLong size) {
        List<UploadSigner.PartToSign> parts = new ArrayList<>();
        long left = size.orElse(0);
        while (left > 0) {
            long part = Math.min(left, upload.partBytes());
            parts.add(new UploadSigner.PartToSign(parts.size() + 1, Optional.of(part)));
            left -= part;
        }
        return parts;
    }

    /**
     * Signs single parts, whose sizes are not known: {@link #complete} holds the size of the whole.
     *
     * @return by number
     */
    Map<Integer, String> sign(Opened opened, List<Integer> numbers, Instant now) throws SigningRefusal {
        List<UploadSigner.PartToSign> parts = numbers.stream()
                .map(number -> new UploadSigner.PartToSign(number, Optional.empty()))
                .toList();
        if (parts.size() > AT_ONCE) {
            // As in begin: nothing is counted before.
            longWork.begins();
        }
        SigningAuthority.SigningGrant grant = signer.grant(opened.permit(), parts.size(), now);
        List<String> urls = signer.parts(opened.writing(), grant, opened.ticket(), parts, now);
        Map<Integer, String> signed = new HashMap<>();
        for (int i = 0; i < urls.size(); i++) {
            signed.put(numbers.get(i), urls.get(i));
        }
        return signed;
    }

    /** The parts that the storage has. */
    List<StoragePart> list(UploadTicket ticket, Instant now) throws StoreUnavailable, StorageFault {
        longWork.begins();
        StoragePlaces.Place place = enter(ticket);
        try (place) {
            return stored(ticket, place, now).parts();
        }
    }

    /**
     * Completes an upload, unless the object would be too large: then it is aborted. Asked again, it returns what it returned before where the storage's object tells that.
     *
     * @param named the parts of the object, as the client lists them; empty for all
     * @param callback the header x-oss-callback
     * @return the size of the object in bytes
     * @throws ProblemException UploadIncomplete, PartsRefused or FileTooLarge
     */
    long complete(UploadTicket ticket, List<PartList.Part> named, Optional<String> callback, Instant now)
            throws ProblemException, StoreUnavailable, StorageFault {
        longWork.begins();
        StoragePlaces.Place place = enter(ticket);
        try (place) {
            return stored(ticket, place, now).complete(named, callback);
        }
    }

    /** Deletes the parts of an upload. */
    void abort(UploadTicket ticket, Instant now) throws StoreUnavailable, StorageFault {
        longWork.begins();
        StoragePlaces.Place place = enter(ticket);
        try (place) {
            stored(ticket, place, now).abort();
        }
    }

    private StoredUpload stored(UploadTicket ticket, StoragePlaces.Place place, Instant now)
            throws StoreUnavailable, StorageFault {
        return new StoredUpload(
                storage, object(ticket.upload().key(), ticket.upload().bucket(), now), ticket, place, now);
    }

    private StoragePlaces.Place enter(UploadTicket ticket) throws StorageFault {
        return places.enter(new StoragePlaces.Subject(
                ticket.upload().accountId(),
                ticket.upload().provider(),
                ticket.upload().subject()));
    }

    private StorageClient.StorageObject object(String key, String bucketName, Instant now)
            throws StoreUnavailable, StorageFault {
        Bucket bucket = registry.load(new Facts.Query(Optional.empty(), Set.of(bucketName), Optional.empty()), now)
                .bucket(bucketName)
                .orElseThrow(() -> noSigner(bucketName));
        return new StorageClient.StorageObject(
                bucket,
                key,
                registry.signer(bucket, now)
                        .orElseThrow(() -> noSigner(bucketName))
                        .key());
    }

    private static StorageFault noSigner(String bucket) {
        return new StorageFault(
                StorageFault.Reason.REFUSED,
                "the bucket " + bucket + " is gone, or has no signer with an active key; register one");
    }
}

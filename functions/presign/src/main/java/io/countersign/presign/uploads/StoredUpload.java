package io.countersign.presign.uploads;

import io.countersign.http.ProblemException;
import io.countersign.upstream.xml.PartList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A multipart upload at the storage, for one call about it.
 *
 * @param object that the upload writes
 * @param place that the call has while it asks
 */
record StoredUpload(
        StorageClient storage,
        StorageClient.StorageObject object,
        UploadTicket ticket,
        StoragePlaces.Place place,
        Instant now) {
    /** All parts that the storage has. */
    List<StoragePart> parts() throws StorageFault {
        List<StoragePart> all = new ArrayList<>();
        OptionalInt after = OptionalInt.of(0);
        // Numbers rise from page to page and end at the largest, so that this ends.
        while (after.isPresent()) {
            place.requireTime();
            StorageAnswer.PartPage page = storage.parts(object, ticket.storageId(), after.getAsInt(), now);
            all.addAll(page.parts());
            after = page.next();
        }
        return all;
    }

    /** Deletes the parts. */
    void abort() throws StorageFault {
        storage.abort(object, ticket.storageId(), now);
    }

    /**
     * As {@link MultipartUploads#complete}.
     *
     * @throws StorageFault NO_SUCH_UPLOAD for an upload that has ended, unless the object shows that it was completed
     */
    long complete(List<PartList.Part> named, Optional<String> callback) throws ProblemException, StorageFault {
        List<StoragePart> there;
        try {
            there = parts();
        } catch (StorageFault fault) {
            return orBefore(fault, named);
        }
        return there.isEmpty()
                ? withoutParts(named)
                : ofParts(named.isEmpty() ? there : chosen(named, there), callback);
    }

    private long ofParts(List<StoragePart> chosen, Optional<String> callback) throws ProblemException, StorageFault {
        long sum = 0;
        for (StoragePart part : chosen) {
            sum += part.size();
        }
        if (sum > ticket.upload().maxBytes()) {
            abort();
            throw UploadRefusal.aborted(ticket.upload().maxBytes());
        }
        if (ticket.size().isPresent() && ticket.size().getAsLong() != sum) {
            throw UploadRefusal.incomplete(sum, ticket.size().getAsLong());
        }
        PartList parts = new PartList(chosen.stream()
                .map(part -> new PartList.Part(part.number(), part.eTag()))
                .toList());
        try {
            storage.complete(object, ticket.storageId(), parts, callback, now);
            return sum;
        } catch (StorageFault fault) {
            // Another call may have completed it meanwhile.
            return orBefore(fault, parts.parts());
        }
    }

    /** Some stores list an upload that has ended as one without parts, where OSS and S3 say that there is none. */
    private long withoutParts(List<PartList.Part> named) throws ProblemException, StorageFault {
        Optional<Long> before = before(named);
        if (before.isPresent()) {
            return before.get();
        }
        place.requireTime();
        if (storage.isEnded(object, ticket.storageId(), now)) {
            throw StorageFault.ended(ticket.upload().bucket());
        }
        throw UploadRefusal.noParts();
    }

    private long orBefore(StorageFault fault, List<PartList.Part> parts) throws StorageFault {
        if (fault.reason() != StorageFault.Reason.NO_SUCH_UPLOAD) {
            throw fault;
        }
        return before(parts).orElseThrow(() -> fault);
    }

    /**
     * Returns the size that an earlier call completed: a client that lost its answer asks again. Empty where the object is not, or not certainly, that of this upload.
     *
     * @param parts that the object has, as far as they are known
     */
    private Optional<Long> before(List<PartList.Part> parts) throws StorageFault {
        place.requireTime();
        List<PartList.Part> ascending = parts.stream()
                .sorted(Comparator.comparingInt(PartList.Part::number))
                .toList();
        return storage.head(object, now)
                .filter(stored -> stored.isOf(ticket, ascending))
                .map(StoredObject::size);
    }

    private static List<StoragePart> chosen(List<PartList.Part> named, List<StoragePart> there)
            throws ProblemException {
        Map<Integer, StoragePart> byNumber = new HashMap<>();
        there.forEach(part -> byNumber.put(part.number(), part));
        List<StoragePart> chosen = new ArrayList<>(named.size());
        for (PartList.Part part : named) {
            StoragePart found = Optional.ofNullable(byNumber.remove(part.number()))
                    .filter(stored -> stored.isNamed(part.eTag()))
                    .orElseThrow(() -> UploadRefusal.otherPart(part.number()));
            chosen.add(found);
        }
        chosen.sort(Comparator.comparingInt(StoragePart::number));
        return chosen;
    }
}

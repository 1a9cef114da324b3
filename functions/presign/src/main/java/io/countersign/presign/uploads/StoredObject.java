package io.countersign.presign.uploads;

import io.countersign.upstream.xml.PartList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An object as the storage has it.
 *
 * @param eTag as the storage has it, with quotes or without
 * @param size in bytes
 */
record StoredObject(String eTag, long size) {
    /** S3, and what speaks as it does, marks an object that was made of parts by their number behind a hyphen. */
    private static final Pattern OF_PARTS = Pattern.compile("[0-9A-Fa-f]{32}-([0-9]{1,5})");

    /**
     * Whether this is certainly the object that completing the upload made. It has the upload's size, and either no other upload writes its key, or its ETag is the one that S3 makes of these parts' ETags
     * (docs.aws.amazon.com, "Checking object integrity"), so that it has their content.
     *
     * @param parts that were completed, in ascending order; empty where they are not known any more
     */
    boolean isOf(UploadTicket ticket, List<PartList.Part> parts) {
        if (size > ticket.upload().maxBytes()
                || ticket.size().isPresent() && ticket.size().getAsLong() != size) {
            return false;
        }
        String bare = StoragePart.bare(eTag);
        if (ticket.isAloneAtItsKey()) {
            return parts.isEmpty() || !OF_PARTS.matcher(bare).matches() || bare.endsWith("-" + parts.size());
        }
        return new PartList(parts).eTagOfS3().filter(bare::equalsIgnoreCase).isPresent();
    }
}

package io.countersign.upstream.s3;

import io.countersign.oss.Body.DeletedObject;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.upstream.JudgedRequest;
import io.countersign.upstream.UpstreamFault;
import io.countersign.upstream.xml.DeleteList;
import io.countersign.upstream.xml.MalformedXmlException;
import io.countersign.upstream.xml.PartList;
import io.countersign.upstream.xml.TagList;
import io.countersign.upstream.xml.XmlElement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The small documents that answer requests on an object, and DeleteMultipleObjects. */
final class S3Documents {
    private S3Documents() {}

    /** InitiateMultipartUpload. */
    static XmlElement initiated(Target.ObjectKey object, QueryParameters client, XmlElement store)
            throws MalformedXmlException {
        ListNames names = ListNames.of(client, store);
        return new XmlElement.Builder("InitiateMultipartUploadResult")
                .add("EncodingType", names.encodingType())
                .add("Bucket", object.bucket())
                .add("Key", names.shown(object.key()))
                .add("UploadId", StoreText.of(store, "UploadId"))
                .build();
    }

    /**
     * CompleteMultipartUpload. The location is the one that the client addressed. radosgw 16 answers with an empty ETag,
     * and tells the object's only when it is read.
     *
     * @param parts that the client named, and the store found
     */
    static XmlElement completed(Target.ObjectKey object, JudgedRequest judged, PartList parts, XmlElement store)
            throws MalformedXmlException {
        ListNames names = ListNames.of(judged.oss().query(), store);
        Optional<String> untold = store.textOf("ETag")
                .filter(String::isEmpty)
                .flatMap(empty -> parts.eTagOfS3())
                .map(tag -> '"' + tag + '"');
        return new XmlElement.Builder("CompleteMultipartUploadResult")
                .add("EncodingType", names.encodingType())
                .add("Location", judged.oss().address().url(judged.secure()))
                .add("Bucket", object.bucket())
                .add("Key", names.shown(object.key()))
                .add("ETag", untold.isPresent() ? untold.get() : StoreText.eTag(store))
                .build();
    }

    /** CopyObject and UploadPartCopy. */
    static XmlElement copied(String root, XmlElement store) throws MalformedXmlException {
        return new XmlElement.Builder(root)
                .add("ETag", StoreText.eTag(store))
                .add("LastModified", S3Times.ofClient(StoreText.of(store, "LastModified")))
                .build();
    }

    /** GetObjectTagging. */
    static XmlElement tags(XmlElement store) throws MalformedXmlException {
        List<TagList.Tag> tags = new ArrayList<>();
        for (XmlElement set : store.all("TagSet")) {
            for (XmlElement tag : set.all("Tag")) {
                tags.add(new TagList.Tag(StoreText.of(tag, "Key"), StoreText.of(tag, "Value")));
            }
        }
        return new TagList(tags).element();
    }

    /**
     * DeleteMultipleObjects. The store was asked to name what it deleted.
     *
     * @throws UpstreamFault when it did not delete all: OSS's answer cannot say so, and the client may ask again
     */
    static XmlElement deleted(DeleteList asked, QueryParameters client, XmlElement store)
            throws MalformedXmlException, UpstreamFault {
        Set<String> left = new HashSet<>();
        asked.objects().forEach(object -> left.add(object.key()));
        for (XmlElement deleted : store.all("Deleted")) {
            left.remove(StoreText.of(deleted, "Key"));
        }
        for (XmlElement error : store.all("Error")) {
            if (error.textOf("Code").orElse("").equals("NoSuchKey")) {
                left.remove(StoreText.of(error, "Key"));
            }
        }
        if (!left.isEmpty()) {
            throw new UpstreamFault("The store did not delete " + left.size() + " of "
                    + asked.objects().size() + " objects of a DeleteMultipleObjects.");
        }
        ListNames names = ListNames.of(client, store);
        XmlElement.Builder result = new XmlElement.Builder("DeleteResult");
        if (!asked.quiet()) {
            result.add("EncodingType", names.encodingType());
            for (DeletedObject object : asked.objects()) {
                result.add(new XmlElement.Builder("Deleted")
                        .add("Key", names.shown(object.key()))
                        .build());
            }
        }
        return result.build();
    }
}

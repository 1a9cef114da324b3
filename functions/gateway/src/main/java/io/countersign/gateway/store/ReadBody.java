package io.countersign.gateway.store;

import io.countersign.http.Bytes;
import io.countersign.json.StrictUtf8;
import io.countersign.oss.Body;
import io.countersign.oss.Headers;
import io.countersign.oss.Operation;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.policy.PlaceTags;
import io.countersign.upstream.BodyUse;
import io.countersign.upstream.ContentMd5;
import io.countersign.upstream.xml.DeleteList;
import io.countersign.upstream.xml.PartList;
import io.countersign.upstream.xml.TagList;
import io.countersign.verify.decide.Context;
import io.countersign.verify.decide.VerifyRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a body says to the decision, and what of it goes to the store.
 *
 * @param tags those that the request gives its object
 * @param written the body written anew, so that the store reads what was judged; empty where it was not read
 */
record ReadBody(Body body, PlaceTags.Tags tags, Optional<FormUpload> form, Optional<Bytes> written) {
    /** A body that no decision reads. */
    static final ReadBody UNREAD =
            new ReadBody(Body.UNKNOWN, PlaceTags.Tags.UNKNOWN, Optional.empty(), Optional.empty());

    private static final String CONTENT_MD5 = "content-md5";

    static ReadBody of(FormUpload form) {
        return new ReadBody(Body.UNKNOWN, PlaceTags.Tags.UNKNOWN, Optional.of(form), Optional.empty());
    }

    /**
     * Reads a body of this kind.
     *
     * @throws OssRefusal MalformedXML, InvalidArgument; InvalidDigest when it is not the body that the head announces
     */
    static ReadBody read(BodyUse.BodyKind kind, Operation operation, Headers headers, Bytes bytes) throws OssRefusal {
        checkDigests(headers, bytes);
        return switch (kind) {
            case DELETE_KEYS -> {
                DeleteList list = DeleteList.parse(bytes);
                yield written(new Body(list.objects(), Optional.empty()), PlaceTags.Tags.UNKNOWN, list.document());
            }
            case PROCESS -> process(operation, bytes);
            case TAGGING -> {
                TagList list = TagList.parse(bytes);
                yield written(Body.UNKNOWN, tags(list), list.document());
            }
            case ACL -> empty(bytes);
            case COMPLETE_MULTIPART ->
                written(
                        Body.UNKNOWN,
                        PlaceTags.Tags.UNKNOWN,
                        bytes.isEmpty() ? bytes : PartList.parse(bytes).document());
            case OTHER_XML -> written(Body.UNKNOWN, PlaceTags.Tags.UNKNOWN, bytes);
        };
    }

    /** The request as it is judged, with what its body says. */
    VerifyRequest in(VerifyRequest head) {
        Context known = head.context();
        return new VerifyRequest(
                head.method(),
                head.url(),
                head.headers(),
                head.sourceIp(),
                head.secureTransport(),
                form.map(FormUpload::submitted),
                body,
                new Context(known.placeTags(), tags, known.sourceVpc(), known.mfaPresent()),
                head.at());
    }

    private static ReadBody written(Body body, PlaceTags.Tags tags, Bytes bytes) {
        return new ReadBody(body, tags, Optional.empty(), Optional.of(bytes));
    }

    /** The decision refuses characters that a store might decode (docs/protocol.md 13). What it took is ASCII. */
    private static ReadBody process(Operation operation, Bytes bytes) throws OssRefusal {
        String name = operation == Operation.ASYNC_PROCESS_OBJECT ? "x-oss-async-process=" : "x-oss-process=";
        if (bytes.isEmpty()) {
            return written(Body.UNKNOWN, PlaceTags.Tags.UNKNOWN, bytes);
        }
        String text = StrictUtf8.decoded(bytes.toArray())
                .orElseThrow(() -> HeadCheck.refused("The process in the body is not UTF-8."));
        String process = text.startsWith(name) ? text : name + text;
        return written(
                new Body(Body.UNKNOWN.deleteKeys(), Optional.of(process)), PlaceTags.Tags.UNKNOWN, Bytes.utf8(process));
    }

    private static ReadBody empty(Bytes bytes) throws OssRefusal {
        if (!bytes.isEmpty()) {
            throw HeadCheck.refused("This request has no body; name the ACL in its header, and leave the body out.");
        }
        return written(Body.UNKNOWN, PlaceTags.Tags.UNKNOWN, bytes);
    }

    private static PlaceTags.Tags tags(TagList list) {
        Map<String, String> tags = new LinkedHashMap<>();
        list.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
        return PlaceTags.Tags.of(tags);
    }

    private static void checkDigests(Headers headers, Bytes bytes) throws OssRefusal {
        Optional<PayloadHash> hash = PayloadHash.of(headers);
        if (hash.isPresent()) {
            hash.get().add(java.nio.ByteBuffer.wrap(bytes.toArray()));
            if (!hash.get().matches()) {
                throw wrongDigest(PayloadHash.HEADER);
            }
        }
        Optional<String> md5 = headers.first(CONTENT_MD5).map(String::strip);
        if (md5.isPresent() && !md5.get().equals(ContentMd5.of(bytes))) {
            throw wrongDigest("Content-MD5");
        }
    }

    static OssRefusal wrongDigest(String header) {
        return new OssRefusal(
                OssError.INVALID_DIGEST,
                "The body that arrived is not the one of the header " + header + "; send it again.");
    }
}

package io.countersign.upstream.xml;

import io.countersign.http.Bytes;
import io.countersign.oss.Body.DeletedObject;
import io.countersign.oss.OssRefusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The body of DeleteMultipleObjects (help.aliyun.com, DeleteMultipleObjects).
 *
 * @param quiet whether the answer is empty instead of naming what was deleted
 */
public record DeleteList(boolean quiet, List<DeletedObject> objects) {
    /** OSS and S3 take no more. */
    public static final int MAX_OBJECTS = 1_000;

    private static final int MAX_ELEMENTS = 3 * MAX_OBJECTS + 2;

    public DeleteList {
        objects = List.copyOf(objects);
    }

    /**
     * Reads a client's body. Keys keep every character.
     *
     * @throws OssRefusal MalformedXML for another document, no object, more than {@value #MAX_OBJECTS}, or one that is
     *     there twice
     */
    public static DeleteList parse(Bytes body) throws OssRefusal {
        XmlElement root = StrictDocument.read(body, "Delete", MAX_ELEMENTS);
        List<DeletedObject> objects = new ArrayList<>();
        Set<DeletedObject> seen = new HashSet<>();
        for (XmlElement child : StrictDocument.children(root, Set.of("Quiet", "Object"))) {
            if (child.name().equals("Object")) {
                DeletedObject object = object(child);
                if (!seen.add(object)) {
                    throw StrictDocument.malformed("An object is there twice; name each once.");
                }
                objects.add(object);
            }
        }
        if (objects.isEmpty() || objects.size() > MAX_OBJECTS) {
            throw StrictDocument.malformed("Delete needs 1 to " + MAX_OBJECTS + " objects.");
        }
        return new DeleteList(quiet(root), objects);
    }

    /** Writes the body for a store. */
    public Bytes document() {
        XmlElement.Builder root = new XmlElement.Builder("Delete").add("Quiet", Boolean.toString(quiet));
        for (DeletedObject object : objects) {
            root.add(new XmlElement.Builder("Object")
                    .add("Key", object.key())
                    .add("VersionId", object.versionId())
                    .build());
        }
        return root.build().document();
    }

    private static DeletedObject object(XmlElement element) throws OssRefusal {
        StrictDocument.children(element, Set.of("Key", "VersionId"));
        String key = StrictDocument.text(element, "Key");
        return element.first("VersionId").isEmpty()
                ? DeletedObject.of(key)
                : new DeletedObject(key, Optional.of(StrictDocument.text(element, "VersionId")));
    }

    private static boolean quiet(XmlElement root) throws OssRefusal {
        if (root.first("Quiet").isEmpty()) {
            return false;
        }
        return switch (StrictDocument.text(root, "Quiet").strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw StrictDocument.malformed("Quiet is true or false.");
        };
    }
}

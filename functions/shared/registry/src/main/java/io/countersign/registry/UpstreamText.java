package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;

/**
 * The JSON form of an upstream inside a bucket's payload. A store's own key is named by its id; its secret is in an item
 * of its own.
 */
final class UpstreamText {
    private static final int MAX_PORT = 65_535;
    private static final String FLAT_NAMESPACE = "flatNamespace";

    private UpstreamText() {}

    static void put(JsonText.ObjectWriter json, Upstream upstream) {
        json.put("protocol", upstream.protocol().text())
                .put("secure", upstream.endpoint().secure())
                .put("host", upstream.endpoint().host())
                .put("port", upstream.endpoint().port())
                .put("region", upstream.region())
                .put("bucket", upstream.bucket())
                .put("pathStyle", upstream.pathStyle());
        if (upstream.flatNamespace()) {
            json.put(FLAT_NAMESPACE, true);
        }
        switch (upstream.signer()) {
            case Upstream.Signer.User user -> json.put("signer", user.name());
            case Upstream.Signer.ForeignKey key -> json.put("accessKeyId", key.accessKeyId());
        }
    }

    static Upstream read(Members members) throws InvalidDocumentException {
        Upstream upstream = new Upstream(
                ItemFields.one(members, "protocol", Upstream.Protocol::of),
                new Upstream.Endpoint(Members.bool(members.required("secure")), members.string("host"), (int)
                        Members.integer(members.required("port"), 1, MAX_PORT)),
                members.string("region"),
                members.string("bucket"),
                Members.bool(members.required("pathStyle")),
                members.optionalBoolean(FLAT_NAMESPACE).orElse(false),
                signer(members));
        members.done();
        return upstream;
    }

    private static Upstream.Signer signer(Members members) throws InvalidDocumentException {
        return members.has("signer")
                ? new Upstream.Signer.User(members.string("signer"))
                : new Upstream.Signer.ForeignKey(members.string("accessKeyId"));
    }
}

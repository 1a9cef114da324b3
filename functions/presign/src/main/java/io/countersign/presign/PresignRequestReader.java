package io.countersign.presign;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.SignatureVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one request of {@code POST /presign}. The caller refuses unknown members with {@link Members#done}. */
public final class PresignRequestReader {
    /** The most headers, and the most parameters, of one request. */
    private static final int MAX_ENTRIES = 64;

    private static final String CONTENT_TYPE = "content-type";
    private static final String CONTENT_MD5 = "content-md5";

    private final PresignSettings settings;

    PresignRequestReader(PresignSettings settings) {
        this.settings = settings;
    }

    PresignRequest read(Members members) throws InvalidDocumentException {
        return new PresignRequest(
                method(members),
                members.string("bucket"),
                key(members),
                expiresIn(members),
                headers(members),
                query(members),
                SourceBound.read(members),
                once(members),
                Versions.read(members, "URLs"));
    }

    /** V1 encodes nothing, so that its text could be read as a part of the parameter before it. */
    private static boolean once(Members members) throws InvalidDocumentException {
        boolean once = members.optionalBoolean("once").orElse(false);
        if (once && Versions.read(members, "URLs") != SignatureVersion.V4) {
            throw at(members, "once", "only a V4 URL can be good once; request V4, or leave once out");
        }
        return once;
    }

    private static HttpMethod method(Members members) throws InvalidDocumentException {
        Optional<String> name = members.optionalString("method");
        Optional<HttpMethod> method = HttpMethod.of(name.orElse("GET")).filter(found -> found != HttpMethod.OPTIONS);
        return method.orElseThrow(() -> at(members, "method", "expected GET, PUT, HEAD, POST or DELETE"));
    }

    private static String key(Members members) throws InvalidDocumentException {
        String key = members.string("key");
        if (key.isEmpty()) {
            throw at(members, "key", "the key is empty; name one object");
        }
        return key;
    }

    private Duration expiresIn(Members members) throws InvalidDocumentException {
        long seconds = members.optionalInteger(
                        "expiresIn", 1, settings.maxExpiry().toSeconds())
                .orElse(settings.defaultExpiry().toSeconds());
        return Duration.ofSeconds(seconds);
    }

    private static Headers headers(Members members) throws InvalidDocumentException {
        List<Headers.HeaderField> fields = new ArrayList<>();
        members.optionalString("contentType")
                .ifPresent(type -> fields.add(new Headers.HeaderField(CONTENT_TYPE, type)));
        members.optionalString("contentMd5")
                .ifPresent(digest -> fields.add(new Headers.HeaderField(CONTENT_MD5, digest)));
        for (Map.Entry<String, Value> entry : entries(members, "headers").entrySet()) {
            fields.add(new Headers.HeaderField(entry.getKey(), Members.string(entry.getValue())));
        }
        return new Headers(fields);
    }

    private static QueryParameters query(Members members) throws InvalidDocumentException {
        List<QueryParameter> parameters = new ArrayList<>();
        for (Map.Entry<String, Value> entry : entries(members, "query").entrySet()) {
            String value = Members.string(entry.getValue());
            parameters.add(
                    value.isEmpty() ? QueryParameter.bare(entry.getKey()) : QueryParameter.of(entry.getKey(), value));
        }
        return new QueryParameters(parameters);
    }

    private static Map<String, Value> entries(Members members, String name) throws InvalidDocumentException {
        Optional<Value> value = members.optional(name);
        if (value.isEmpty()) {
            return Map.of();
        }
        if (!(value.get() instanceof Value.ObjectValue object)) {
            throw new InvalidDocumentException(
                    value.get().at(),
                    "expected an object of names and strings, found "
                            + value.get().kind());
        }
        if (object.members().size() > MAX_ENTRIES) {
            throw new InvalidDocumentException(object.at(), "there are more than " + MAX_ENTRIES + "; send fewer");
        }
        return object.members();
    }

    private static InvalidDocumentException at(Members members, String name, String problem) {
        return new InvalidDocumentException(
                members.optional(name).map(Value::at).orElse(members.at()), problem);
    }

    /**
     * A request for one URL.
     *
     * @param headers {@code contentType} and {@code contentMd5}, then those of {@code headers}
     * @param sourceIp where the URL may be used from; empty: from anywhere
     * @param once whether the URL is good for one request; V4 only
     * @param version V1 or V4
     */
    public record PresignRequest(
            HttpMethod method,
            String bucket,
            String key,
            Duration expiresIn,
            Headers headers,
            QueryParameters query,
            Optional<SourceBound> sourceIp,
            boolean once,
            SignatureVersion version) {}

    /** Reads the member {@code version} of a request. */
    static final class Versions {
        private Versions() {}

        /**
         * Returns the version, which is V4 when the member is absent.
         *
         * @param what the request is for, in the plural, for messages
         */
        static SignatureVersion read(Members members, String what) throws InvalidDocumentException {
            return switch (members.optionalString("version").orElse("V4")) {
                case "V4" -> SignatureVersion.V4;
                case "V1" -> SignatureVersion.V1;
                case "V2" ->
                    throw refused(
                            members,
                            "V2 " + what + " are not supported, because few clients know V2; request V4 or V1");
                default -> throw refused(members, "expected V4 or V1");
            };
        }

        private static InvalidDocumentException refused(Members members, String problem) {
            return new InvalidDocumentException(
                    members.optional("version").map(Value::at).orElse(members.at()), problem);
        }
    }
}

package io.countersign.gateway.store;

import io.countersign.http.Bytes;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.oss.BucketName;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.Operation;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.registry.Bucket;
import io.countersign.upstream.AnswerHead;
import io.countersign.upstream.JudgedRequest;
import io.countersign.upstream.xml.XmlElement;
import io.countersign.verify.decide.SubmittedForm;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A form as the upload that it stands for (help.aliyun.com, PostObject).
 *
 * @param submitted as it is judged: with the file's name in its key
 * @param fileType the type that the client gave its file
 */
record FormUpload(SubmittedForm submitted, Optional<String> fileType) {
    private static final String FILE_NAME = "${filename}";
    private static final String KEY = "key";
    private static final String DEFAULT_TYPE = "application/octet-stream";

    /** Fields that are headers of a PutObject under the same name. */
    private static final Set<String> HEADERS =
            Set.of("cache-control", "content-disposition", "content-encoding", "expires");
    /** Fields that are headers under another name. */
    private static final Map<String, String> RENAMED =
            Map.of("callback", "x-oss-callback", "callback-var", "x-oss-callback-var");

    private static final String OSS = "x-oss-";
    /** Fields of the form's own signature, the one that gives the type, and the ACL, which the registry has. */
    private static final Set<String> NOT_SENT = Set.of(
            "x-oss-content-type",
            "x-oss-credential",
            "x-oss-date",
            "x-oss-object-acl",
            "x-oss-security-token",
            "x-oss-signature",
            "x-oss-signature-version");

    private static final String CALLBACK_VARIABLE = "x:";

    /**
     * Returns a form.
     *
     * @param fields in their order, before the file
     * @param length of the file
     * @throws OssRefusal MalformedPOSTRequest when the key wants the file's name and there is none
     */
    static FormUpload of(List<SubmittedForm.Field> fields, FormPart file, long length) throws OssRefusal {
        List<SubmittedForm.Field> named = new ArrayList<>(fields.size());
        for (SubmittedForm.Field field : fields) {
            named.add(
                    field.name().equalsIgnoreCase(KEY) && field.value().contains(FILE_NAME)
                            ? new SubmittedForm.Field(
                                    field.name(), field.value().replace(FILE_NAME, name(file)))
                            : field);
        }
        return new FormUpload(new SubmittedForm(named, OptionalLong.of(length)), file.type());
    }

    /** The last part of what may be a path, because old browsers send one. */
    private static String name(FormPart file) throws OssRefusal {
        String sent = file.fileName().orElse("");
        String name = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        if (name.isEmpty() || name.contains(FILE_NAME)) {
            throw FormPart.malformed("The key has " + FILE_NAME + " in it, and the file has no name.");
        }
        return name;
    }

    /**
     * @param secure whether the client is known to use TLS
     * @throws OssRefusal for a field that cannot be a header
     */
    JudgedRequest judged(OssRequest post, Bucket bucket, boolean secure) throws OssRefusal {
        Target target = Target.object(
                bucket.name(), BucketName.ObjectName.checked(field(KEY).orElse("")));
        return new JudgedRequest(
                new OssRequest(HttpMethod.PUT, post.address().with(target), QueryParameters.NONE, headers()),
                Operation.PUT_OBJECT,
                bucket,
                Optional.empty(),
                submitted.fileLength(),
                secure);
    }

    private Headers headers() throws OssRefusal {
        Headers headers = Headers.NONE.and("content-type", type());
        for (SubmittedForm.Field field : submitted.fields()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            boolean sent = HEADERS.contains(name) || (name.startsWith(OSS) && !NOT_SENT.contains(name));
            if (sent || RENAMED.containsKey(name)) {
                headers = headers.and(RENAMED.getOrDefault(name, name), plain(field));
            } else if (name.startsWith(CALLBACK_VARIABLE)) {
                throw new OssRefusal(
                        OssError.NOT_IMPLEMENTED,
                        "Variables of callbacks are not taken in a form; leave out x: fields.");
            }
        }
        return headers;
    }

    private String type() {
        return field("x-oss-content-type")
                .or(() -> field("content-type"))
                .or(() -> fileType)
                .filter(FormUpload::isPlain)
                .orElse(DEFAULT_TYPE);
    }

    private static String plain(SubmittedForm.Field field) throws OssRefusal {
        if (!isPlain(field.value())) {
            throw HeadCheck.refused("A field of the form has a line break or another control character; take it out.");
        }
        return field.value();
    }

    private static boolean isPlain(String value) {
        return value.chars().noneMatch(c -> c < ' ' || c == 0x7F);
    }

    /** Names of fields are compared without case, as the decision does. */
    private Optional<String> field(String name) {
        return submitted.fields().stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(SubmittedForm.Field::value)
                .findFirst();
    }

    /**
     * What a client gets when its file is stored.
     *
     * @param judged the upload that it stands for
     */
    Reply stored(AnswerHead stored, JudgedRequest judged, OssReplies replies) {
        String bucket = judged.bucket().name();
        String key = field(KEY).orElse("");
        String eTag = stored.headers().first("etag").orElse("");
        Optional<String> redirect = field("success_action_redirect").filter(FormUpload::isWebAddress);
        Reply reply;
        if (redirect.isPresent()) {
            String query = "bucket=" + PercentEncoding.encode(bucket) + "&key=" + PercentEncoding.encode(key) + "&etag="
                    + PercentEncoding.encode(eTag);
            String to = redirect.get();
            reply = replies.empty(303).with("Location", to + (to.contains("?") ? "&" : "?") + query);
        } else {
            reply = switch (field("success_action_status").orElse("")) {
                case "200" -> replies.empty(200);
                case "201" ->
                    replies.reply(
                            201,
                            List.of(new Header("Content-Type", "application/xml")),
                            document(bucket, key, judged.oss().address().url(judged.secure()), eTag));
                default -> replies.empty(204);
            };
        }
        for (String name : List.of("etag", "x-oss-hash-crc64ecma", "x-oss-version-id")) {
            Optional<String> value = stored.headers().first(name);
            if (value.isPresent()) {
                reply = reply.with(name.equals("etag") ? "ETag" : name, value.get());
            }
        }
        return reply;
    }

    private static Bytes document(String bucket, String key, String location, String eTag) {
        return new XmlElement.Builder("PostResponse")
                .add("Bucket", bucket)
                .add("ETag", eTag)
                .add("Key", key)
                .add("Location", location)
                .build()
                .document();
    }

    private static boolean isWebAddress(String text) {
        try {
            URI uri = new URI(text);
            return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawFragment() == null
                    && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
        } catch (java.net.URISyntaxException e) {
            return false;
        }
    }
}

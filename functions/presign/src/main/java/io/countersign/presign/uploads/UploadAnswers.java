package io.countersign.presign.uploads;

import io.countersign.http.Call;
import io.countersign.http.Reply;
import io.countersign.json.JsonText;
import io.countersign.oss.Headers;
import io.countersign.presign.FormSigner;
import io.countersign.presign.PresignedUrl;
import io.countersign.registry.Upload;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes the answers of uploads: Countersign's own, and those of Companion. */
final class UploadAnswers {
    /** A name or an address and perhaps a port, as a Host header has it. */
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9._-]{1,253}(:[0-9]{1,5})?|\\[[0-9A-Fa-f:.]{2,45}](:[0-9]{1,5})?");

    private UploadAnswers() {}

    static Reply put(Upload upload, String key, PresignedUrl url) {
        return Reply.json(200, json -> {
            begin(json, upload.bucket(), key, url.expiration());
            json.object(
                    "put",
                    put -> put.put("url", url.url()).object("headers", headers -> {
                        for (Headers.HeaderField field : url.headers().fields()) {
                            headers.put(field.name(), field.value());
                        }
                    }));
        });
    }

    static Reply form(Upload upload, String key, FormSigner.UploadForm form) {
        return Reply.json(200, json -> {
            begin(json, upload.bucket(), key, form.expiration());
            json.object(
                    "form",
                    members -> members.put("url", form.url())
                            .object("fields", fields -> form.fields().forEach(fields::put)));
        });
    }

    static Reply multipart(Call call, Upload upload, MultipartUploads.Begun begun) {
        UploadTicket ticket = begun.ticket();
        String base = base(call);
        return Reply.json(200, json -> {
            begin(
                    json,
                    ticket.upload().bucket(),
                    ticket.upload().key(),
                    ticket.upload().expires());
            json.object(
                    "multipart",
                    members -> members.put("uploadId", begun.uploadId())
                            .put("partBytes", upload.partBytes())
                            .array(
                                    "parts",
                                    parts -> begun.parts()
                                            .forEach(part -> parts.object(one -> one.put("partNumber", part.number())
                                                    .put("url", part.url())
                                                    .put("size", part.size()))))
                            .object(
                                    "complete",
                                    complete -> complete.put(
                                            "url", base + UploadPath.Complete.of(upload.name(), begun.uploadId())))
                            .object(
                                    "abort",
                                    abort -> abort.put(
                                            "url", base + UploadPath.Abort.of(upload.name(), begun.uploadId()))));
        });
    }

    /** An object that was put together from its parts. */
    static Reply completed(UploadTicket ticket, long size) {
        return Reply.json(
                200,
                json -> json.put("bucket", ticket.upload().bucket())
                        .put("key", ticket.upload().key())
                        .put("size", size));
    }

    /** Companion's {@code params}. */
    static Reply params(FormSigner.UploadForm form, Instant now) {
        return Reply.json(
                200,
                json -> json.put("method", "POST")
                        .put("url", form.url())
                        .object("fields", fields -> form.fields().forEach(fields::put))
                        .put("expires", seconds(form.expiration(), now)));
    }

    /** Companion's {@code multipart}. */
    static Reply created(MultipartUploads.Begun begun) {
        return Reply.json(
                200,
                json -> json.put("key", begun.ticket().upload().key())
                        .put("uploadId", begun.uploadId())
                        .put("bucket", begun.ticket().upload().bucket()));
    }

    static Reply parts(List<StoragePart> parts) {
        return Reply.json(
                200,
                JsonText.array(array -> parts.forEach(part -> array.object(one -> one.put("PartNumber", part.number())
                        .put("Size", part.size())
                        .put("ETag", part.eTag())))));
    }

    static Reply part(UploadTicket ticket, String url, Instant now) {
        return Reply.json(
                200,
                json -> json.put("url", url)
                        .put("expires", seconds(ticket.upload().expires(), now)));
    }

    static Reply batch(Map<Integer, String> urls) {
        return Reply.json(
                200,
                json -> json.object(
                        "presignedUrls", all -> urls.forEach((number, url) -> all.put(Integer.toString(number), url))));
    }

    static Reply completed(UploadTicket ticket, Optional<String> location) {
        return Reply.json(
                200,
                json -> json.put("location", location)
                        .put("key", ticket.upload().key())
                        .put("bucket", ticket.upload().bucket()));
    }

    static Reply nothing() {
        return Reply.json(200, json -> {});
    }

    private static void begin(JsonText.ObjectWriter json, String bucket, String key, Instant expiration) {
        json.put("bucket", bucket)
                .put("key", key)
                .put("expiration", expiration.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static long seconds(Instant expiration, Instant now) {
        return expiration.getEpochSecond() - now.getEpochSecond();
    }

    /** Where the caller found this server. A call without a usable Host gets paths, which a client resolves. */
    private static String base(Call call) {
        Optional<String> host =
                call.onlyHeader("Host").filter(text -> HOST.matcher(text).matches());
        boolean secure = call.client().secure().orElse(call.secure());
        return host.map(name -> (secure ? "https://" : "http://") + name).orElse("");
    }
}

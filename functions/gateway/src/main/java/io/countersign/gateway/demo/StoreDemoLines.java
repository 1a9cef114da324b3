package io.countersign.gateway.demo;

import io.countersign.json.JsonText;
import io.countersign.oss.HttpMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The example commands that the demo with a store prints. Pasted into one shell in their order, they run unchanged; a comment line before each describes it.
 *
 * @param gateway the URL of the gateway
 * @param token the ID token of the demo user
 * @param user the URLs of the RAM user that the SDK example uses
 * @param session the URLs of a session of the demo user
 * @param data the directory of the registry, for a command that changes it
 * @param delay the longest delay of a revocation
 * @param launcher the command that starts this gateway's commands, as a shell reads it
 */
record StoreDemoLines(
        String gateway, String token, DemoUrls user, DemoUrls session, Path data, Duration delay, String launcher) {
    private static final String KEY = DemoManifest.Names.SHARED + "hello.txt";
    private static final String FILM = "users/" + DemoManifest.Names.SUBJECT + "/film.txt";
    /** curl would name the type of a form, which nobody signed. */
    private static final String SEND = "curl -s -w '\\n' -H 'Content-Type:' ";

    private static final String ROLE = "acs:ram::" + DemoManifest.Names.ACCOUNT + ":role/" + DemoManifest.Names.ROLE;

    List<String> all() {
        List<String> lines = new ArrayList<>();
        DemoLines.health(lines, gateway);
        DemoLines.show(
                lines,
                "Put an object: S3Proxy keeps it in a directory, and the URL is one of OSS",
                SEND + "-X PUT --data-binary 'hello, store' '" + user.object(HttpMethod.PUT, KEY) + "'");
        DemoLines.show(
                lines,
                "List what is below " + DemoManifest.Names.SHARED,
                "curl -s -w '\\n' '" + user.list(DemoManifest.Names.SHARED) + "'");
        DemoLines.show(lines, "Read it again", "curl -s -w '\\n' '" + user.object(HttpMethod.GET, KEY) + "'");
        DemoLines.show(
                lines,
                "The same user is refused the objects of another",
                "curl -s -w '\\n' '" + user.object(HttpMethod.GET, FILM) + "'");
        uploading(lines);
        revoking(lines);
        DemoLines.sdk(
                lines,
                "put, list, copy, upload in parts or delete objects below " + DemoManifest.Names.SHARED
                        + " (parts of 5 MiB or more)",
                user.storage(),
                user.key());
        return lines;
    }

    private void uploading(List<String> lines) {
        DemoLines.show(
                lines,
                "Upload in parts: " + DemoManifest.Names.SUBJECT
                        + " has each step presigned, by a token of the demo identity provider",
                "UPLOAD=$(" + SEND + "-X POST -d '' \"$(" + presign("POST", query -> query.put("uploads", ""))
                        + ")\" | sed -n 's/.*<UploadId>\\([^<]*\\)<.*/\\1/p')");
        lines.add("ETAG=$(" + SEND + "-D - -o /dev/null -X PUT --data-binary 'a film' \"$("
                + presign("PUT", query -> query.put("partNumber", "1").put("uploadId", "UPLOAD"))
                + ")\" | tr -d '\\r' | sed -n 's/^[Ee][Tt][Aa][Gg]: //p')");
        lines.add(SEND
                + "-X POST -d \"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>$ETAG</ETag></Part></CompleteMultipartUpload>\" \"$("
                + presign("POST", query -> query.put("uploadId", "UPLOAD")) + ")\"");
    }

    private void revoking(List<String> lines) {
        String read = "curl -s -w '\\n' '" + session.object(HttpMethod.GET, FILM) + "'";
        DemoLines.show(lines, "Read it by a URL that a session's key presigned for an hour", read);
        DemoLines.show(
                lines,
                "Revoke the sessions of the role",
                launcher + " sessions revoke --role " + ROLE + " --data '" + data + "'");
        long seconds = delay.plusMillis(999).toSeconds() + 1;
        DemoLines.show(
                lines,
                "Within " + seconds + " seconds (countersign.cache.ttl) the same URL is refused",
                "sleep " + seconds);
        lines.add(read);
    }

    /** The command that has a step presigned, and picks the URL. {@code UPLOAD} becomes the shell's variable. */
    private String presign(String method, Consumer<JsonText.ObjectWriter> query) {
        String body = JsonText.object(json -> json.put("method", method)
                .put("bucket", DemoManifest.Names.PRIVATE_BUCKET)
                .put("key", FILM)
                .object("query", query));
        return DemoLines.presign(gateway, token, body.replace("\"UPLOAD\"", "\"'$UPLOAD'\"")) + " | "
                + DemoLines.PICK_URL;
    }
}

package io.countersign.gateway.demo;

import io.countersign.json.JsonText;
import io.countersign.signing.AccessKey;
import java.util.ArrayList;
import java.util.List;

/**
 * What the demo prints: lines that begin with {@code curl} work as they are in a shell; a line before each, beginning with {@code #}, says what it shows. Where
 * {@code /verify} asks for a token, its lines read that from the shell variable {@code TOKEN}: the gateway knows its SHA-256 only.
 *
 * @param gateway where the faces are
 * @param storage where the stand-in for storage is
 * @param tokens whether {@code /verify} asks its callers for a token of the operator's
 * @param presigned a URL that was presigned a moment ago
 */
record DemoLines(String gateway, String storage, boolean tokens, String token, String presigned, AccessKey user) {
    private static final String OWN_KEY = "users/" + DemoManifest.DemoNames.SUBJECT + "/photo.jpg";
    private static final String FOREIGN_KEY = "users/grace/photo.jpg";
    /** Takes the URL out of the answer; a shell has this everywhere. */
    private static final String PICK_URL = "sed 's/.*\"url\":\"\\([^\"]*\\)\".*/\\1/'";

    static String presignBody(String key) {
        return JsonText.object(body -> body.put("method", "GET")
                .put("bucket", DemoManifest.DemoNames.PRIVATE_BUCKET)
                .put("key", key)
                .put("expiresIn", 3600));
    }

    static String ownKey() {
        return OWN_KEY;
    }

    List<String> all() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("# Is it up?");
        lines.add("curl -s -w '\\n' " + gateway + "/health");
        presigning(lines);
        verifying(lines);
        anonymous(lines);
        sdk(lines);
        return lines;
    }

    private void presigning(List<String> lines) {
        show(
                lines,
                DemoManifest.DemoNames.SUBJECT
                        + ", signed in at the demo identity provider, presigns a GET of an own object",
                presign(OWN_KEY));
        show(lines, "... and is refused somebody else's", presign(FOREIGN_KEY));
        show(
                lines,
                "Presign and open at once; the stand-in for storage answers with the decision and its reasons",
                "curl -s -w '\\n' \"$(" + presign(OWN_KEY) + " | " + PICK_URL + ")\"");
    }

    private void verifying(List<String> lines) {
        if (tokens) {
            lines.add("");
            lines.add(
                    "# countersign.private.tokens is set: /verify asks for the token of a program whose faces include it."
                            + " Set TOKEN to that first, from the file that private-token --out made:");
            lines.add("#   TOKEN=$(cat FILE)");
        }
        show(lines, "May a request with this presigned URL pass?", verify(presigned));
        show(
                lines,
                "The same URL with another key in it: refused, and why",
                verify(presigned.replace(OWN_KEY, FOREIGN_KEY)));
    }

    private void anonymous(List<String> lines) {
        show(
                lines,
                "Anybody may read a public-read bucket",
                verify(storage + "/" + DemoManifest.DemoNames.PUBLIC_BUCKET + "/logo.png"));
        show(
                lines,
                "... and one object of a private bucket, by the object's own ACL",
                verify(storage + "/" + DemoManifest.DemoNames.PRIVATE_BUCKET + "/"
                        + DemoManifest.DemoNames.READABLE_KEY));
        show(
                lines,
                "... but nothing else there",
                verify(storage + "/" + DemoManifest.DemoNames.PRIVATE_BUCKET + "/" + OWN_KEY));
    }

    private void sdk(List<String> lines) {
        lines.add("");
        lines.add(
                "# An unmodified OSS SDK: get or put an object of shared/ with it; the object's content is the decision");
        lines.add("#   endpoint        " + storage);
        lines.add("#   region          " + DemoManifest.DemoNames.REGION);
        lines.add("#   bucket          " + DemoManifest.DemoNames.PRIVATE_BUCKET);
        lines.add("#   AccessKeyId     " + user.id());
        lines.add("#   AccessKeySecret " + user.secret().reveal());
        lines.add("");
    }

    private String presign(String key) {
        return "curl -s -w '\\n' " + gateway + "/presign -H 'Authorization: Bearer " + token
                + "' -H 'Content-Type: application/json' -d '" + presignBody(key) + "'";
    }

    private String verify(String url) {
        String body = JsonText.object(json -> json.put("method", "GET").put("url", url));
        return "curl -s -w '\\n' " + gateway + "/verify" + (tokens ? " -H \"Authorization: Bearer $TOKEN\"" : "")
                + " -H 'Content-Type: application/json' -d '" + body + "'";
    }

    private static void show(List<String> lines, String what, String line) {
        lines.add("");
        lines.add("# " + what);
        lines.add(line);
    }
}

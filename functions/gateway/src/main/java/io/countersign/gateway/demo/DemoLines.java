package io.countersign.gateway.demo;

import io.countersign.json.JsonText;
import io.countersign.signing.AccessKey;
import java.util.ArrayList;
import java.util.List;

/**
 * The example commands that the demo prints. Lines that begin with {@code curl} run unchanged in a shell; a comment line before each describes it. Where
 * {@code /verify} requires a token, the commands read it from the shell variable {@code TOKEN}, because the gateway knows only its SHA-256.
 *
 * @param gateway the URL of the gateway
 * @param storage the URL of the stand-in storage
 * @param tokens whether {@code /verify} requires a token of the operator's file
 * @param token the ID token of the demo user
 * @param presigned a presigned URL that is valid now
 * @param user the access key of the RAM user that the SDK example uses
 */
record DemoLines(String gateway, String storage, boolean tokens, String token, String presigned, AccessKey user) {
    private static final String OWN_KEY = "users/" + DemoManifest.Names.SUBJECT + "/photo.jpg";
    private static final String FOREIGN_KEY = "users/grace/photo.jpg";
    /** Extracts the URL from the JSON reply with a tool that every POSIX system has. */
    static final String PICK_URL = "sed 's/.*\"url\":\"\\([^\"]*\\)\".*/\\1/'";

    static String presignBody(String key) {
        return JsonText.object(body -> body.put("method", "GET")
                .put("bucket", DemoManifest.Names.PRIVATE_BUCKET)
                .put("key", key)
                .put("expiresIn", 3600));
    }

    static String ownKey() {
        return OWN_KEY;
    }

    List<String> all() {
        List<String> lines = new ArrayList<>();
        health(lines, gateway);
        presigning(lines);
        verifying(lines);
        anonymous(lines);
        sdk(lines, "get or put an object below shared/; the content of the reply is the decision", storage, user);
        return lines;
    }

    static void health(List<String> lines, String gateway) {
        show(lines, "Check that the gateway is running", "curl -s -w '\\n' " + gateway + "/health");
    }

    private void presigning(List<String> lines) {
        show(
                lines,
                DemoManifest.Names.SUBJECT
                        + " has signed in at the demo identity provider and presigns a GET of their own object",
                presign(OWN_KEY));
        show(lines, "... and is refused the object of another user", presign(FOREIGN_KEY));
        show(
                lines,
                "Presign and open the URL; the stand-in storage replies with the decision and its reasons",
                "curl -s -w '\\n' \"$(" + presign(OWN_KEY) + " | " + PICK_URL + ")\"");
    }

    private void verifying(List<String> lines) {
        if (tokens) {
            lines.add("");
            lines.add(
                    "# countersign.private.tokens is set, so /verify requires the token of a program whose paths include it."
                            + " First set TOKEN from the file that private-token --out has written:");
            lines.add("#   TOKEN=$(cat FILE)");
        }
        show(lines, "Check a request with this presigned URL", verify(presigned));
        show(
                lines,
                "The same URL with another key is refused, with the reason",
                verify(presigned.replace(OWN_KEY, FOREIGN_KEY)));
    }

    private void anonymous(List<String> lines) {
        show(
                lines,
                "Anonymous requests may read a public-read bucket",
                verify(storage + "/" + DemoManifest.Names.PUBLIC_BUCKET + "/logo.png"));
        show(
                lines,
                "... and one object of a private bucket, because of the object's ACL",
                verify(storage + "/" + DemoManifest.Names.PRIVATE_BUCKET + "/" + DemoManifest.Names.READABLE_KEY));
        show(
                lines,
                "... but no other object of that bucket",
                verify(storage + "/" + DemoManifest.Names.PRIVATE_BUCKET + "/" + OWN_KEY));
    }

    /** @param use what the user may do, and what is special about the answers */
    static void sdk(List<String> lines, String use, String storage, AccessKey user) {
        lines.add("");
        lines.add("# Settings for an unmodified OSS SDK: " + use);
        lines.add("#   endpoint        " + storage);
        lines.add("#   region          " + DemoManifest.Names.REGION);
        lines.add("#   bucket          " + DemoManifest.Names.PRIVATE_BUCKET);
        lines.add("#   AccessKeyId     " + user.id());
        lines.add("#   AccessKeySecret " + user.secret().reveal());
        lines.add("");
    }

    private String presign(String key) {
        return presign(gateway, token, presignBody(key));
    }

    static String presign(String gateway, String token, String body) {
        return "curl -s -w '\\n' " + gateway + "/presign -H 'Authorization: Bearer " + token
                + "' -H 'Content-Type: application/json' -d '" + body + "'";
    }

    private String verify(String url) {
        String body = JsonText.object(json -> json.put("method", "GET").put("url", url));
        return "curl -s -w '\\n' " + gateway + "/verify" + (tokens ? " -H \"Authorization: Bearer $TOKEN\"" : "")
                + " -H 'Content-Type: application/json' -d '" + body + "'";
    }

    static void show(List<String> lines, String comment, String line) {
        lines.add("");
        lines.add("# " + comment);
        lines.add(line);
    }
}

package io.countersign.verify.explain;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Signed with another Content-Type than was sent: the commonest trouble with presigned PUTs (protocol.md 11, trouble 1). */
record OtherContentType() implements NearMiss {
    private static final String NAME = "content-type";
    private static final List<String> USUAL = List.of(
            "application/octet-stream",
            "application/x-www-form-urlencoded",
            "application/json",
            "application/xml",
            "application/pdf",
            "application/zip",
            "binary/octet-stream",
            "image/jpeg",
            "image/jpg",
            "image/png",
            "image/gif",
            "image/webp",
            "image/svg+xml",
            "multipart/form-data",
            "text/css",
            "text/csv",
            "text/html",
            "text/plain",
            "text/xml",
            "audio/mpeg",
            "video/mp4");
    private static final List<String> CHARSETS =
            List.of(";charset=utf-8", "; charset=utf-8", ";charset=UTF-8", "; charset=UTF-8");

    @Override
    public List<Variation> of(Failed failed) {
        String sent = failed.header(NAME);
        return candidates(sent).stream()
                .map(type -> failed.signed(failed.withHeader(NAME, type), cause(type, sent)))
                .toList();
    }

    private static Set<String> candidates(String sent) {
        Set<String> types = new LinkedHashSet<>();
        types.add("");
        int semicolon = sent.indexOf(';');
        types.add(semicolon < 0 ? sent : sent.substring(0, semicolon).strip());
        types.add(sent.toLowerCase(Locale.ROOT));
        for (String charset : CHARSETS) {
            types.add(sent.isEmpty() ? "text/plain" + charset : sent + charset);
        }
        types.addAll(USUAL);
        types.remove(sent);
        return types;
    }

    private static Cause cause(String signed, String sent) {
        String first = signed.isEmpty()
                ? "It was signed without a Content-Type"
                : "The signed Content-Type is " + Quoted.of(signed);
        String then = sent.isEmpty() ? " but sent without one" : " but sent with " + Quoted.of(sent);
        String next = signed.isEmpty()
                ? "; send none (many HTTP libraries add one by themselves), or sign with the one that will be sent."
                : "; send exactly the signed one, or sign with what will be sent.";
        return new Cause("ContentType", first + then + next);
    }
}

package io.countersign.verify.explain;

import io.countersign.signing.CanonicalForm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Explains without a secret why another server refused a signature, by the text that the server says it signed: whether the client signed that text, and whether the request that arrived is the one that was sent. This proves
 * nothing and allows nothing.
 */
public final class FormDifference {
    private static final Explained.Cause OTHER_SECRET = new Explained.Cause(
            "OtherSecret",
            "The client's string to sign is the very one that the server built, so its secret is not that of this access key; give it the secret that belongs to the id.");
    private static final Explained.Cause SAME_TEXT = new Explained.Cause(
            "OtherTextOrSecret",
            "The server built the very string to sign that the request gives, so nothing changed on the way: the client signed another text, or with another secret; compare the form with the client's debug log (--client-string-to-sign), and the secret with that of this access key.");

    private FormDifference() {}

    /**
     * @param request the text that the request's signature covers as it was sent; empty where there is no request or it is malformed
     * @param client the text that the client says it signed
     * @param server the text that the server says it signed; without it, nothing can be found
     */
    public static Optional<Explained.Cause> cause(
            Optional<CanonicalForm> request, Explained.ClientForm client, Explained.ClientForm server) {
        List<Comparison> ofClient = compare(client, server);
        if (!ofClient.isEmpty()) {
            return Optional.of(difference(ofClient)
                    .map(row -> apart(
                            "OtherRequestSigned",
                            row,
                            "the client signed another text than the server",
                            "sign what is sent."))
                    .orElse(OTHER_SECRET));
        }
        List<Comparison> ofRequest =
                request.map(form -> Diagnosis.compare(form, server)).orElse(List.of());
        return ofRequest.isEmpty()
                ? Optional.empty()
                : Optional.of(difference(ofRequest)
                        .map(
                                row -> apart(
                                        "ChangedOnTheWay",
                                        row,
                                        "the request that arrived is not the one that was sent",
                                        "find what changes it on the way (a proxy, a CDN, a redirect, an HTTP library) and have it pass that on unchanged, or sign what arrives."))
                        .orElse(SAME_TEXT));
    }

    private static List<Comparison> compare(Explained.ClientForm client, Explained.ClientForm server) {
        return Stream.concat(
                        compare(Comparison.CANONICAL_REQUEST, client.canonicalRequest(), server.canonicalRequest()),
                        compare(Comparison.STRING_TO_SIGN, client.stringToSign(), server.stringToSign()))
                .toList();
    }

    private static Stream<Comparison> compare(String form, Optional<String> client, Optional<String> server) {
        return client.isPresent() && server.isPresent()
                ? Stream.of(Comparison.of(form, ShownText.of(client.get()), server.get()))
                : Stream.empty();
    }

    private static Optional<Comparison.Row> difference(List<Comparison> comparisons) {
        return comparisons.stream()
                .filter(comparison -> comparison.firstDifference().isPresent())
                .findFirst()
                .map(comparison ->
                        comparison.lines().get(comparison.firstDifference().getAsInt()));
    }

    private static Explained.Cause apart(String code, Comparison.Row row, String what, String next) {
        return new Explained.Cause(
                code,
                "By the server's own form, " + what + ": in the line " + ShownText.Quoted.of(row.name())
                        + " the server has "
                        + row.other().map(ShownText.Quoted::of).orElse("nothing") + " where "
                        + (code.equals("ChangedOnTheWay") ? "the request has " : "the client has ")
                        + row.request().map(ShownText.Quoted::of).orElse("nothing") + "; " + next);
    }
}

package io.countersign.verify.explain;

import io.countersign.oss.EncodedText;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.PercentEncoding;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Tries other spellings of the signature, which may have been garbled in transit: a quarter of all V1 URLs that are not encoded, because a plus in a query is a space (docs/protocol.md 11, trouble 7). */
record SignatureText() implements ClientMistakes.ClientMistake {
    @Override
    public List<ClientMistakes.Candidate> of(MismatchedRequest mismatched) {
        String sent = mismatched.signed().signature();
        Map<String, String> meant = new LinkedHashMap<>();
        meant.put(
                sent.replace(' ', '+'),
                "has spaces where it has plus signs: a + in a query means a space; percent-encode the signature (+ as %2B, / as %2F, = as %3D)");
        meant.put(decoded(sent), "was percent-encoded twice; encode it once");
        meant.put(sent.strip(), "has white space around it; take it out");
        meant.put(sent.replaceAll("\\s", ""), "has white space in it; take it out");
        meant.put(sent.toLowerCase(Locale.ROOT), "is in upper case; write its hex digits in lower case");
        meant.put(
                sent.replace('-', '+').replace('_', '/'),
                "is in the URL-safe alphabet; write plain Base64 and percent-encode it");
        meant.put(sent + "=", "lacks its padding; write the = at the end of the Base64");
        meant.remove(sent);
        List<ClientMistakes.Candidate> candidates = new ArrayList<>(meant.size());
        meant.forEach((text, how) -> candidates.add(new ClientMistakes.Candidate(
                new ClientMistakes.SignedInput.AsRequest(
                        mismatched.request(),
                        OtherRegion.Signatures.withSignature(mismatched.signed(), text),
                        mismatched.secret()),
                new Explained.Cause("SignatureText", "The signature is right but " + how + "."))));
        return candidates;
    }

    private static String decoded(String sent) {
        try {
            return PercentEncoding.decodeEscapes(sent, EncodedText.URL);
        } catch (OssRefusal e) {
            return sent;
        }
    }

    /** Tries texts with additional or missing line ends. */
    record LineEnds() implements ClientMistakes.ClientMistake {
        private static final int V1_HEADERS = 4;

        @Override
        public List<ClientMistakes.Candidate> of(MismatchedRequest mismatched) {
            List<ClientMistakes.Candidate> candidates = new ArrayList<>();
            change(mismatched, text -> text + "\n", "ends in a line feed", candidates);
            change(
                    mismatched,
                    text -> text.replace("\n", "\r\n"),
                    "has carriage returns before its line feeds",
                    candidates);
            change(
                    mismatched,
                    text -> text.replace("\n", "\\n"),
                    "has the two characters \\n where line feeds belong",
                    candidates);
            switch (mismatched.version()) {
                case V1 -> {
                    change(
                            mismatched,
                            text -> blankLine(text, V1_HEADERS),
                            "has an empty line between date and resource",
                            candidates);
                    change(
                            mismatched,
                            LineEnds::blankBeforeResource,
                            "has an empty line before the resource",
                            candidates);
                }
                case V2 -> {}
                case V4 -> change(mismatched, text -> text.replace("\n\n", "\n"), "lacks its empty lines", candidates);
            }
            return candidates;
        }

        private static void change(
                MismatchedRequest mismatched,
                UnaryOperator<String> change,
                String how,
                List<ClientMistakes.Candidate> candidates) {
            Explained.Cause cause = new Explained.Cause(
                    "LineEnds",
                    "The signed text " + how
                            + "; its lines are separated by single line feeds, with none after the last.");
            candidates.addAll(Texts.v1(mismatched, cause, change));
            Texts.v4(mismatched).ifPresent(text -> candidates.add(Texts.scoped(mismatched, change.apply(text), cause)));
        }

        private static String blankLine(String text, int at) {
            List<String> lines = Texts.lines(text);
            lines.add(at, "");
            return String.join("\n", lines);
        }

        private static String blankBeforeResource(String text) {
            int resource = text.indexOf("\n/");
            return resource < 0 ? text : text.substring(0, resource) + "\n" + text.substring(resource);
        }
    }

    /** Tries other last lines of V4's canonical request than x-oss-content-sha256 (docs/protocol.md 3). */
    record PayloadLine() implements ClientMistakes.ClientMistake {
        private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
        private static final String OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

        @Override
        public List<ClientMistakes.Candidate> of(MismatchedRequest mismatched) {
            List<ClientMistakes.Candidate> candidates = new ArrayList<>(3);
            for (String last : List.of(UNSIGNED, OF_NOTHING, "")) {
                candidates.addAll(Texts.v4(
                        mismatched,
                        new Explained.Cause(
                                "Payload",
                                "The last line of the signed canonical request is " + ShownText.Quoted.of(last)
                                        + ", which is not what x-oss-content-sha256 says (" + UNSIGNED
                                        + " in a URL); write the same in both."),
                        lines -> {
                            lines.set(lines.size() - 1, last);
                            return lines;
                        }));
            }
            return candidates;
        }
    }

    /** Self-signed mode: tries a string to sign that a backend decoded from a form whose values were not encoded, so that each plus became a space (docs/protocol.md 11, trouble 5). */
    record FormDecodedContent() implements ClientMistakes.ClientMistake {
        private static final Explained.Cause CAUSE = new Explained.Cause(
                "ContentDecodedAsForm",
                "The string to sign was changed on its way to the backend that signed it: it was posted as a form and decoded (each + became a space); post it as text/plain or as JSON, and sign its bytes as they come.");

        @Override
        public List<ClientMistakes.Candidate> of(MismatchedRequest mismatched) {
            List<ClientMistakes.Candidate> candidates = new ArrayList<>(2);
            candidates.addAll(Texts.v1(mismatched, CAUSE, text -> text.replace('+', ' ')));
            candidates.addAll(Texts.v1(mismatched, CAUSE, FormDecodedContent::decoded));
            return candidates;
        }

        private static String decoded(String text) {
            try {
                return URLDecoder.decode(text, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return text;
            }
        }
    }
}

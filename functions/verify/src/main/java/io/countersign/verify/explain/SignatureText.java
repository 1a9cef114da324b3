package io.countersign.verify.explain;

import io.countersign.oss.EncodedText;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.PercentEncoding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A good signature that was spelled wrongly on its way: a quarter of all unencoded V1 URLs, for a plus in a query is a space (protocol.md 11, trouble 7). */
record SignatureText() implements NearMiss {
    @Override
    public List<Variation> of(Failed failed) {
        String sent = failed.signed().signature();
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
        List<Variation> variations = new ArrayList<>(meant.size());
        meant.forEach((text, how) -> variations.add(new Variation(
                new Written.AsRequest(
                        failed.request(), Signatures.withSignature(failed.signed(), text), failed.secret()),
                new Cause("SignatureText", "The signature is right but " + how + "."))));
        return variations;
    }

    private static String decoded(String sent) {
        try {
            return PercentEncoding.decodeEscapes(sent, EncodedText.URL);
        } catch (OssRefusal e) {
            return sent;
        }
    }
}

package io.countersign.verify.explain;

import io.countersign.oss.EncodedText;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.Target;
import io.countersign.signing.base.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A key that was encoded once too often or once too seldom, on the wire or in the signed text (protocol.md 11, trouble 8). */
record KeyEncoding() implements NearMiss {
    @Override
    public List<Variation> of(Failed failed) {
        Optional<Target.ObjectKey> object = failed.object();
        if (object.isEmpty()) {
            return List.of();
        }
        List<Variation> variations = new ArrayList<>();
        sentTwice(failed, object.get(), variations);
        signedEncoded(failed, object.get(), variations);
        signedAnotherWay(failed, variations);
        return variations;
    }

    /** {@code %257B} in the URL for a brace. */
    private static void sentTwice(Failed failed, Target.ObjectKey object, List<Variation> variations) {
        if (object.key().indexOf('%') < 0) {
            return;
        }
        try {
            key(
                    failed,
                    object,
                    PercentEncoding.decodeEscapes(object.key(), EncodedText.URL),
                    new Cause(
                            "KeyEncodedTwice",
                            "The key would match if it were decoded once more: the URL has it percent-encoded twice (%25 is a percent sign); encode each key once."),
                    variations);
        } catch (OssRefusal notEncoded) {
            // A percent sign of the key's own.
        }
    }

    private static void signedEncoded(Failed failed, Target.ObjectKey object, List<Variation> variations) {
        String how =
                switch (failed.version()) {
                    case V1 -> "V1 signs the key as it is, decoded: percent-encode it in the URL alone.";
                    case V2, V4 -> "the signed text encodes the key once: give the signer the key as it is.";
                };
        key(
                failed,
                object,
                PercentEncoding.encodePath(object.key()),
                new Cause("KeyEncodedTwice", "The signature is over the key percent-encoded once too often; " + how),
                variations);
        key(
                failed,
                object,
                PercentEncoding.encode(object.key()),
                new Cause(
                        "KeyEncodedTwice",
                        "The signature is over the key percent-encoded once too often, its slashes too; " + how),
                variations);
    }

    private static void key(
            Failed failed, Target.ObjectKey object, String key, Cause cause, List<Variation> variations) {
        if (!key.isEmpty() && !key.equals(object.key())) {
            variations.add(failed.signed(failed.with(Target.object(object.bucket(), key)), cause));
        }
    }

    /** Lines that only V4 has. */
    private static void signedAnotherWay(Failed failed, List<Variation> variations) {
        String path = Paths.of(failed.request().target());
        String encoded = PercentEncoding.encodePath(path);
        raw(failed, path, "not percent-encoded", variations);
        raw(failed, PercentEncoding.encode(path), "with its slashes encoded as %2F", variations);
        raw(failed, lowerCaseEscapes(encoded), "with escapes in lower case", variations);
        raw(
                failed,
                EncodedAsJavaScript.of(encoded),
                "as JavaScript encodes it, with !'()* left as they are",
                variations);
        raw(failed, encoded.replace("%20", "+"), "with + for spaces", variations);
        raw(failed, encoded.replace("~", "%7E"), "with ~ encoded as %7E", variations);
    }

    private static void raw(Failed failed, String line, String how, List<Variation> variations) {
        variations.addAll(Texts.withRawPath(
                failed,
                line,
                new Cause(
                        "PathEncoding",
                        "The path in the signed canonical request is " + how
                                + "; V4 encodes all but A-Z a-z 0-9 - . _ ~ and the slashes, as %XX in upper case.")));
    }

    private static String lowerCaseEscapes(String encoded) {
        StringBuilder text = new StringBuilder(encoded);
        for (int i = text.indexOf("%"); i >= 0; i = text.indexOf("%", i + 1)) {
            text.replace(i, i + 3, text.substring(i, i + 3).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }
}

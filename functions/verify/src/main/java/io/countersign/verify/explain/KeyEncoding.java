package io.countersign.verify.explain;

import io.countersign.oss.EncodedText;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.base.Paths;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Tries keys that were encoded once too often or too seldom, in the URL or in the signed text (docs/protocol.md 11, trouble 8). */
record KeyEncoding() implements ClientMistakes.ClientMistake {
    @Override
    public List<ClientMistakes.Candidate> of(MismatchedRequest mismatched) {
        Optional<Target.ObjectKey> object = mismatched.object();
        if (object.isEmpty()) {
            return List.of();
        }
        List<ClientMistakes.Candidate> candidates = new ArrayList<>();
        sentTwice(mismatched, object.get(), candidates);
        signedEncoded(mismatched, object.get(), candidates);
        signedAnotherWay(mismatched, candidates);
        return candidates;
    }

    /** {@code %257B} in the URL for a brace. */
    private static void sentTwice(
            MismatchedRequest mismatched, Target.ObjectKey object, List<ClientMistakes.Candidate> candidates) {
        if (object.key().indexOf('%') < 0) {
            return;
        }
        try {
            key(
                    mismatched,
                    object,
                    PercentEncoding.decodeEscapes(object.key(), EncodedText.URL),
                    new Explained.Cause(
                            "KeyEncodedTwice",
                            "The key would match if it were decoded once more: the URL has it percent-encoded twice (%25 is a percent sign); encode each key once."),
                    candidates);
        } catch (OssRefusal notEncoded) {
            // The percent sign is a character of the key.
        }
    }

    private static void signedEncoded(
            MismatchedRequest mismatched, Target.ObjectKey object, List<ClientMistakes.Candidate> candidates) {
        String how =
                switch (mismatched.version()) {
                    case V1 -> "V1 signs the key as it is, decoded: percent-encode it only in the URL.";
                    case V2, V4 -> "the signed text encodes the key once: give the signer the key as it is.";
                };
        key(
                mismatched,
                object,
                PercentEncoding.encodePath(object.key()),
                new Explained.Cause(
                        "KeyEncodedTwice", "The signature is over the key percent-encoded once too often; " + how),
                candidates);
        key(
                mismatched,
                object,
                PercentEncoding.encode(object.key()),
                new Explained.Cause(
                        "KeyEncodedTwice",
                        "The signature is over the key percent-encoded once too often, its slashes too; " + how),
                candidates);
    }

    private static void key(
            MismatchedRequest mismatched,
            Target.ObjectKey object,
            String key,
            Explained.Cause cause,
            List<ClientMistakes.Candidate> candidates) {
        if (!key.isEmpty() && !key.equals(object.key())) {
            candidates.add(mismatched.signed(mismatched.with(Target.object(object.bucket(), key)), cause));
        }
    }

    /** Tries other encodings of the path line, which only V4 has. */
    private static void signedAnotherWay(MismatchedRequest mismatched, List<ClientMistakes.Candidate> candidates) {
        String path = Paths.of(mismatched.request().target());
        String encoded = PercentEncoding.encodePath(path);
        raw(mismatched, path, "not percent-encoded", candidates);
        raw(mismatched, PercentEncoding.encode(path), "with its slashes encoded as %2F", candidates);
        raw(mismatched, lowerCaseEscapes(encoded), "with escapes in lower case", candidates);
        raw(
                mismatched,
                EncodedAsJavaScript.of(encoded),
                "as JavaScript encodes it, with !'()* left as they are",
                candidates);
        raw(mismatched, encoded.replace("%20", "+"), "with + for spaces", candidates);
        raw(mismatched, encoded.replace("~", "%7E"), "with ~ encoded as %7E", candidates);
    }

    private static void raw(
            MismatchedRequest mismatched, String line, String how, List<ClientMistakes.Candidate> candidates) {
        candidates.addAll(Texts.withRawPath(
                mismatched,
                line,
                new Explained.Cause(
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

    /** Tries a plus for a space and a space for a plus: an unencoded plus is a space in a path and in a query (docs/protocol.md 1.4, 13). */
    record PlusAndSpace() implements ClientMistakes.ClientMistake {
        private static final String CODE = "PlusForSpace";
        /** The most spaces of a key that are tried one by one: 2 to this power are tried. */
        private static final int MOST_SPACES = 4;

        private static final Explained.Cause PLUS_SIGNED = new Explained.Cause(
                CODE,
                "The key was signed with a + where the URL has a space, and OSS reads an unencoded + in a path as a space too; write the plus as %2B in the URL, and spaces as %20.");
        private static final Explained.Cause SPACE_SIGNED = new Explained.Cause(
                CODE,
                "The URL has a plus (%2B) where a space was signed: if a space is meant, write it as %20; if the plus is meant, the string to sign was decoded as a form on its way to a backend that signs it, so post it as text/plain or JSON.");

        @Override
        public List<ClientMistakes.Candidate> of(MismatchedRequest mismatched) {
            List<ClientMistakes.Candidate> candidates = new ArrayList<>();
            Optional<Target.ObjectKey> object = mismatched.object();
            if (object.isPresent()) {
                String key = object.get().key();
                key(mismatched, key.replace('+', ' '), SPACE_SIGNED, candidates);
                for (String signed : withPluses(key)) {
                    key(mismatched, signed, PLUS_SIGNED, candidates);
                }
            }
            query(
                    mismatched,
                    ' ',
                    '+',
                    "A + in the query means a space, but a plus was signed; write it as %2B.",
                    candidates);
            query(
                    mismatched,
                    '+',
                    ' ',
                    "A parameter has a plus where a space was signed; write spaces as %20 and a plus as %2B.",
                    candidates);
            return candidates;
        }

        private static void key(
                MismatchedRequest mismatched,
                String key,
                Explained.Cause cause,
                List<ClientMistakes.Candidate> candidates) {
            Target.ObjectKey object = mismatched.object().orElseThrow();
            if (!key.equals(object.key())) {
                candidates.add(mismatched.signed(mismatched.with(Target.object(object.bucket(), key)), cause));
            }
        }

        /** The key with all spaces as pluses first, and then, where they are few, with some of them. */
        private static List<String> withPluses(String key) {
            List<String> keys = new ArrayList<>();
            keys.add(key.replace(' ', '+'));
            int[] spaces = IntStream.range(0, key.length())
                    .filter(i -> key.charAt(i) == ' ')
                    .toArray();
            if (spaces.length <= MOST_SPACES) {
                for (int some = 1; some < (1 << spaces.length) - 1; some++) {
                    StringBuilder other = new StringBuilder(key);
                    for (int i = 0; i < spaces.length; i++) {
                        if ((some >> i & 1) != 0) {
                            other.setCharAt(spaces[i], '+');
                        }
                    }
                    keys.add(other.toString());
                }
            }
            return keys;
        }

        private static void query(
                MismatchedRequest mismatched,
                char from,
                char to,
                String sentence,
                List<ClientMistakes.Candidate> candidates) {
            List<QueryParameter> changed = mismatched.request().query().list().stream()
                    .map(parameter -> parameter.assigned()
                            ? QueryParameter.of(
                                    parameter.name(), parameter.value().replace(from, to))
                            : parameter)
                    .toList();
            if (!changed.equals(mismatched.request().query().list())) {
                candidates.add(mismatched.signed(
                        mismatched.with(new QueryParameters(changed)), new Explained.Cause(CODE, sentence)));
            }
        }
    }

    /** Tries a slash more or less: the path of a bucket ends with one, and keys keep theirs (docs/protocol.md 1.2). */
    record Slashes() implements ClientMistakes.ClientMistake {
        @Override
        public List<ClientMistakes.Candidate> of(MismatchedRequest mismatched) {
            return switch (mismatched.request().target()) {
                case Target.Service service -> List.of();
                case Target.Bucket bucket ->
                    Texts.withPath(
                            mismatched,
                            "/" + bucket.bucket(),
                            new Explained.Cause(
                                    "TrailingSlash",
                                    "The signed path is \"/" + bucket.bucket()
                                            + "\", without the slash at its end; sign \"/" + bucket.bucket()
                                            + "/\" for a bucket, in virtual-host style too."));
                case Target.ObjectKey object -> ofKey(mismatched, object);
            };
        }

        private static List<ClientMistakes.Candidate> ofKey(MismatchedRequest mismatched, Target.ObjectKey object) {
            String key = object.key();
            Set<String> keys = new LinkedHashSet<>();
            keys.add(key.endsWith("/") ? key.substring(0, key.length() - 1) : key + "/");
            keys.add(key.startsWith("/") ? key.substring(1) : "/" + key);
            keys.add(key.replaceAll("/{2,}", "/"));
            keys.remove(key);
            keys.remove("");
            List<ClientMistakes.Candidate> candidates = new ArrayList<>();
            for (String other : keys) {
                candidates.add(
                        mismatched.signed(mismatched.with(Target.object(object.bucket(), other)), cause(key, other)));
            }
            return candidates;
        }

        private static Explained.Cause cause(String sent, String signed) {
            String how = signed.equals(sent + "/") || sent.equals(signed + "/")
                    ? "at its end"
                    : signed.equals("/" + sent) || sent.equals("/" + signed) ? "at its beginning" : "in its middle";
            String which = signed.length() > sent.length() ? "more" : "less";
            return new Explained.Cause(
                    "TrailingSlash",
                    "The key was signed with a slash " + which + " " + how
                            + " than the URL has; slashes belong to the key, so sign exactly the key that is sent.");
        }
    }

    /** Encodes text as {@code encodeURIComponent} does: {@code !'()*} are left as they are. */
    static final class EncodedAsJavaScript {
        private EncodedAsJavaScript() {}

        /** @param encoded with all but unreserved characters encoded */
        static String of(String encoded) {
            return encoded.replace("%21", "!")
                    .replace("%27", "'")
                    .replace("%28", "(")
                    .replace("%29", ")")
                    .replace("%2A", "*");
        }
    }
}

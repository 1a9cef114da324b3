package io.countersign.verify.explain;

import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A plus where a space was meant, or the other way round: an unencoded plus is a space in a path and in a query (protocol.md 1.4, 13). */
record PlusAndSpace() implements NearMiss {
    private static final String CODE = "PlusForSpace";
    /** Spaces of a key of which each may be a plus by itself: 2 to this power are tried. */
    private static final int MOST_SPACES = 4;

    private static final Cause PLUS_SIGNED = new Cause(
            CODE,
            "The key was signed with a + where the URL has a space, and OSS reads an unencoded + in a path as a space too; write the plus as %2B in the URL, and spaces as %20.");
    private static final Cause SPACE_SIGNED = new Cause(
            CODE,
            "The URL has a plus (%2B) where a space was signed: if a space is meant, write it as %20; if the plus is meant, the string to sign was decoded as a form on its way to a backend that signs it, so post it as text/plain or JSON.");

    @Override
    public List<Variation> of(Failed failed) {
        List<Variation> variations = new ArrayList<>();
        Optional<Target.ObjectKey> object = failed.object();
        if (object.isPresent()) {
            String key = object.get().key();
            key(failed, key.replace('+', ' '), SPACE_SIGNED, variations);
            for (String signed : withPluses(key)) {
                key(failed, signed, PLUS_SIGNED, variations);
            }
        }
        query(failed, ' ', '+', "A + in the query means a space, but a plus was signed; write it as %2B.", variations);
        query(
                failed,
                '+',
                ' ',
                "A parameter has a plus where a space was signed; write spaces as %20 and a plus as %2B.",
                variations);
        return variations;
    }

    private static void key(Failed failed, String key, Cause cause, List<Variation> variations) {
        Target.ObjectKey object = failed.object().orElseThrow();
        if (!key.equals(object.key())) {
            variations.add(failed.signed(failed.with(Target.object(object.bucket(), key)), cause));
        }
    }

    /** The key with all its spaces as pluses first; then, where they are few, with some of them. */
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

    private static void query(Failed failed, char from, char to, String sentence, List<Variation> variations) {
        List<QueryParameter> changed = failed.request().query().list().stream()
                .map(parameter -> parameter.assigned()
                        ? QueryParameter.of(parameter.name(), parameter.value().replace(from, to))
                        : parameter)
                .toList();
        if (!changed.equals(failed.request().query().list())) {
            variations.add(failed.signed(failed.with(new QueryParameters(changed)), new Cause(CODE, sentence)));
        }
    }
}

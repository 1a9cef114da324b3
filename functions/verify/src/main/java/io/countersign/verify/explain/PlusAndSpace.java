package io.countersign.verify.explain;

import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A plus where a space was meant, or the other way round: a plus is a plus in a path and a space in a query (protocol.md 1.4). */
record PlusAndSpace() implements NearMiss {
    private static final String CODE = "PlusForSpace";

    @Override
    public List<Variation> of(Failed failed) {
        List<Variation> variations = new ArrayList<>();
        Optional<Target.ObjectKey> object = failed.object();
        if (object.isPresent()) {
            key(
                    failed,
                    object.get(),
                    '+',
                    ' ',
                    "In the path a + is a plus, but a space was signed: if a space is meant, write it as %20; if the plus is meant, the string to sign was decoded as a form on its way to a backend that signs it, so post it as text/plain or JSON.",
                    variations);
            key(
                    failed,
                    object.get(),
                    ' ',
                    '+',
                    "The key was signed with a + where the URL has a space; write a plus as %2B, and encode the key once.",
                    variations);
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

    private static void key(
            Failed failed, Target.ObjectKey object, char from, char to, String sentence, List<Variation> variations) {
        if (object.key().indexOf(from) >= 0) {
            Target other = Target.object(object.bucket(), object.key().replace(from, to));
            variations.add(failed.signed(failed.with(other), new Cause(CODE, sentence)));
        }
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

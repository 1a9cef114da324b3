package io.countersign.verify.explain;

import io.countersign.oss.Parameters;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.v1.V1;
import java.util.List;

/** A parameter that was added to the URL after signing, or that the client's signer does not know (protocol.md 11, trouble 10). */
record AddedParameter() implements NearMiss {
    @Override
    public List<Variation> of(Failed failed) {
        List<String> names = failed.request().query().list().stream()
                .map(QueryParameter::name)
                .filter(name -> !Parameters.isOfSignature(name) && isSigned(failed, name))
                .toList();
        return Subsets.of(names, "callback").stream()
                .map(some -> without(failed, some))
                .toList();
    }

    private static boolean isSigned(Failed failed, String name) {
        return switch (failed.version()) {
            case V1 -> V1.signs(name);
            case V2, V4 -> true;
        };
    }

    private static Variation without(Failed failed, List<String> names) {
        QueryParameters query = failed.request().query();
        for (String name : names) {
            query = query.without(name);
        }
        String which = names.size() == 1 ? "The parameter " : "The parameters ";
        String listed = Subsets.listed(names);
        return failed.signed(
                failed.with(query),
                new Cause(
                        "ParameterNotSigned",
                        which + listed + (names.size() == 1 ? " is" : " are")
                                + " in the URL but not in what was signed; hand "
                                + (names.size() == 1 ? "it" : "them")
                                + " to the signer, and append nothing to a signed URL."));
    }
}

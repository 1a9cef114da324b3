package io.countersign.verify.explain;

import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.v1.V1;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A parameter that was added to the URL after signing, or that the client's signer does not know (protocol.md 11, trouble 10). */
record AddedParameter() implements NearMiss {
    private static final int MAX = 32;
    private static final Set<String> OF_THE_SIGNATURE = Set.of(
            "OSSAccessKeyId",
            "Expires",
            "Signature",
            "security-token",
            "x-oss-signature-version",
            "x-oss-signature",
            "x-oss-credential",
            "x-oss-access-key-id",
            "x-oss-date",
            "x-oss-expires",
            "x-oss-additional-headers",
            "x-oss-security-token");

    @Override
    public List<Variation> of(Failed failed) {
        List<String> names = failed.request().query().list().stream()
                .map(QueryParameter::name)
                .filter(name -> !OF_THE_SIGNATURE.contains(name) && isSigned(failed, name))
                .distinct()
                .limit(MAX)
                .toList();
        List<Variation> variations = new ArrayList<>(names.size() + 2);
        names.forEach(name -> variations.add(without(failed, List.of(name))));
        List<String> callback =
                names.stream().filter(name -> name.startsWith("callback")).toList();
        if (callback.size() > 1) {
            variations.add(without(failed, callback));
        }
        if (names.size() > 1) {
            variations.add(without(failed, names));
        }
        return variations;
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
        String listed = names.stream().map(Quoted::of).collect(Collectors.joining(", "));
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

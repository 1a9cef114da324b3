package io.countersign.verify.explain;

import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameter;
import io.countersign.signing.v1.V1;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Parameters that were signed in another spelling or order, or that V1 does not sign at all (protocol.md 1.3, 3). */
record ParameterText() implements NearMiss {
    private static final int QUERY_LINE = 2;
    private static final Comparator<QueryParameter> FIRST_LETTER =
            Comparator.comparing(parameter -> parameter.name().substring(0, 1));
    private static final Set<String> V1_SIGNATURE = Set.of("OSSAccessKeyId", "Expires", "Signature");

    @Override
    public List<Variation> of(Failed failed) {
        if (failed.request().query().list().isEmpty()) {
            return List.of();
        }
        return switch (failed.version()) {
            case V1 -> v1(failed);
            case V2 -> List.of();
            case V4 -> v4(failed);
        };
    }

    private static List<Variation> v1(Failed failed) {
        List<Variation> variations = new ArrayList<>();
        List<QueryParameter> all = failed.request().query().list().stream()
                .filter(parameter -> !V1_SIGNATURE.contains(parameter.name()))
                .toList();
        List<QueryParameter> signed =
                all.stream().filter(parameter -> V1.signs(parameter.name())).toList();
        resource(
                failed,
                sorted(all),
                UnaryOperator.identity(),
                new Cause(
                        "ParameterNotOfV1",
                        "V1 signs only sub-resources and response-* parameters, but others were signed (such as prefix or max-keys); leave those out of the string to sign, or sign with V4."),
                variations);
        resource(
                failed,
                sorted(signed),
                PercentEncoding::encode,
                new Cause(
                        "ParameterEncoding",
                        "The values of the parameters were signed percent-encoded; V1 signs them decoded."),
                variations);
        resource(
                failed,
                signed,
                UnaryOperator.identity(),
                new Cause(
                        "ParameterOrder",
                        "The parameters were signed in the URL's order; sort them by name to sign them."),
                variations);
        resource(
                failed,
                signed.stream().sorted(FIRST_LETTER).toList(),
                UnaryOperator.identity(),
                new Cause(
                        "ParameterOrder",
                        "The parameters were signed sorted by their first letter alone, as ali-oss before 6.21.0 does; sort them by their whole names."),
                variations);
        return variations;
    }

    private static List<QueryParameter> sorted(List<QueryParameter> parameters) {
        return parameters.stream()
                .sorted(Comparator.comparing(QueryParameter::name))
                .toList();
    }

    private static void resource(
            Failed failed,
            List<QueryParameter> parameters,
            UnaryOperator<String> spelling,
            Cause cause,
            List<Variation> variations) {
        String query = parameters.stream()
                .map(parameter -> parameter.value().isEmpty()
                        ? parameter.name()
                        : parameter.name() + '=' + spelling.apply(parameter.value()))
                .collect(Collectors.joining("&"));
        Texts.v1Path(failed)
                .ifPresent(path -> variations.addAll(
                        Texts.v1(failed, cause, text -> query.isEmpty() ? path : path + '?' + query)));
    }

    private static List<Variation> v4(Failed failed) {
        List<Variation> variations = new ArrayList<>();
        String wire = failed.request().query().list().stream()
                .filter(parameter -> !parameter.name().equals("x-oss-signature"))
                .map(parameter -> PercentEncoding.encode(parameter.name())
                        + (parameter.value().isEmpty() ? "" : '=' + PercentEncoding.encode(parameter.value())))
                .collect(Collectors.joining("&"));
        line(failed, text -> wire, "in the URL's order, not sorted by name", variations);
        line(failed, text -> text.replace("%2F", "/"), "with slashes left as they are", variations);
        line(failed, text -> text.replace("%20", "+"), "with + for spaces", variations);
        line(failed, EncodedAsJavaScript::of, "as JavaScript encodes it, with !'()* left as they are", variations);
        line(failed, text -> "", "empty", variations);
        return variations;
    }

    private static void line(Failed failed, UnaryOperator<String> change, String how, List<Variation> variations) {
        variations.addAll(Texts.v4(
                failed,
                new Cause(
                        "QueryText",
                        "The query in the signed canonical request is " + how
                                + "; V4 signs every parameter but x-oss-signature, name and value percent-encoded (a slash as %2F), sorted by name."),
                lines -> {
                    lines.set(QUERY_LINE, change.apply(lines.get(QUERY_LINE)));
                    return lines;
                }));
    }
}

package io.countersign.verify.explain;

import io.countersign.oss.Headers;
import io.countersign.oss.Parameters;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.v1.V1;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Tries parameters in another spelling or order, or such that V1 does not sign at all (docs/protocol.md 1.3, 3). */
record ParameterText() implements ClientMistakes.ClientMistake {
    private static final int QUERY_LINE = 2;
    private static final Comparator<QueryParameter> FIRST_LETTER =
            Comparator.comparing(parameter -> parameter.name().substring(0, 1));
    private static final Set<String> V1_SIGNATURE = Set.of("OSSAccessKeyId", "Expires", "Signature");

    @Override
    public List<ClientMistakes.Candidate> of(MismatchedRequest mismatched) {
        if (mismatched.request().query().list().isEmpty()) {
            return List.of();
        }
        return switch (mismatched.version()) {
            case V1 -> v1(mismatched);
            case V2 -> List.of();
            case V4 -> v4(mismatched);
        };
    }

    private static List<ClientMistakes.Candidate> v1(MismatchedRequest mismatched) {
        List<ClientMistakes.Candidate> candidates = new ArrayList<>();
        List<QueryParameter> all = mismatched.request().query().list().stream()
                .filter(parameter -> !V1_SIGNATURE.contains(parameter.name()))
                .toList();
        List<QueryParameter> signed =
                all.stream().filter(parameter -> V1.signs(parameter.name())).toList();
        resource(
                mismatched,
                sorted(all),
                UnaryOperator.identity(),
                new Explained.Cause(
                        "ParameterNotOfV1",
                        "V1 signs only sub-resources and response-* parameters, but others were signed (such as prefix or max-keys); leave those out of the string to sign, or sign with V4."),
                candidates);
        resource(
                mismatched,
                sorted(signed),
                PercentEncoding::encode,
                new Explained.Cause(
                        "ParameterEncoding",
                        "The values of the parameters were signed percent-encoded; V1 signs them decoded."),
                candidates);
        resource(
                mismatched,
                signed,
                UnaryOperator.identity(),
                new Explained.Cause(
                        "ParameterOrder",
                        "The parameters were signed in the URL's order; sort them by name to sign them."),
                candidates);
        resource(
                mismatched,
                signed.stream().sorted(FIRST_LETTER).toList(),
                UnaryOperator.identity(),
                new Explained.Cause(
                        "ParameterOrder",
                        "The parameters were signed sorted by only their first letter, as ali-oss before 6.21.0 does; sort them by their whole names."),
                candidates);
        return candidates;
    }

    private static List<QueryParameter> sorted(List<QueryParameter> parameters) {
        return parameters.stream()
                .sorted(Comparator.comparing(QueryParameter::name))
                .toList();
    }

    private static void resource(
            MismatchedRequest mismatched,
            List<QueryParameter> parameters,
            UnaryOperator<String> spelling,
            Explained.Cause cause,
            List<ClientMistakes.Candidate> candidates) {
        String query = parameters.stream()
                .map(parameter -> parameter.value().isEmpty()
                        ? parameter.name()
                        : parameter.name() + '=' + spelling.apply(parameter.value()))
                .collect(Collectors.joining("&"));
        Texts.v1Path(mismatched)
                .ifPresent(path -> candidates.addAll(
                        Texts.v1(mismatched, cause, text -> query.isEmpty() ? path : path + '?' + query)));
    }

    private static List<ClientMistakes.Candidate> v4(MismatchedRequest mismatched) {
        List<ClientMistakes.Candidate> candidates = new ArrayList<>();
        String wire = mismatched.request().query().list().stream()
                .filter(parameter -> !parameter.name().equals("x-oss-signature"))
                .map(parameter -> PercentEncoding.encode(parameter.name())
                        + (parameter.value().isEmpty() ? "" : '=' + PercentEncoding.encode(parameter.value())))
                .collect(Collectors.joining("&"));
        line(mismatched, text -> wire, "in the URL's order, not sorted by name", candidates);
        line(mismatched, text -> text.replace("%2F", "/"), "with slashes left as they are", candidates);
        line(mismatched, text -> text.replace("%20", "+"), "with + for spaces", candidates);
        line(
                mismatched,
                KeyEncoding.EncodedAsJavaScript::of,
                "as JavaScript encodes it, with !'()* left as they are",
                candidates);
        line(mismatched, text -> "", "empty", candidates);
        return candidates;
    }

    private static void line(
            MismatchedRequest mismatched,
            UnaryOperator<String> change,
            String how,
            List<ClientMistakes.Candidate> candidates) {
        candidates.addAll(Texts.v4(
                mismatched,
                new Explained.Cause(
                        "QueryText",
                        "The query in the signed canonical request is " + how
                                + "; V4 signs every parameter but x-oss-signature, name and value percent-encoded (a slash as %2F), sorted by name."),
                lines -> {
                    lines.set(QUERY_LINE, change.apply(lines.get(QUERY_LINE)));
                    return lines;
                }));
    }

    /** Tries the URL without parameters that may have been added after signing, or that the client's signer does not know (docs/protocol.md 11, trouble 10). */
    record AddedParameter() implements ClientMistakes.ClientMistake {
        @Override
        public List<ClientMistakes.Candidate> of(MismatchedRequest mismatched) {
            List<String> names = mismatched.request().query().list().stream()
                    .map(QueryParameter::name)
                    .filter(name -> !Parameters.isOfSignature(name) && isSigned(mismatched, name))
                    .toList();
            return Subsets.of(names, "callback").stream()
                    .map(some -> without(mismatched, some))
                    .toList();
        }

        private static boolean isSigned(MismatchedRequest mismatched, String name) {
            return switch (mismatched.version()) {
                case V1 -> V1.signs(name);
                case V2, V4 -> true;
            };
        }

        private static ClientMistakes.Candidate without(MismatchedRequest mismatched, List<String> names) {
            QueryParameters query = mismatched.request().query();
            for (String name : names) {
                query = query.without(name);
            }
            String which = names.size() == 1 ? "The parameter " : "The parameters ";
            String listed = Subsets.listed(names);
            return mismatched.signed(
                    mismatched.with(query),
                    new Explained.Cause(
                            "ParameterNotSigned",
                            which + listed + (names.size() == 1 ? " is" : " are")
                                    + " in the URL but not in what was signed; hand "
                                    + (names.size() == 1 ? "it" : "them")
                                    + " to the signer, and append nothing to a signed URL."));
        }
    }

    /** Tries the request without its security token, which may have been added after signing (docs/protocol.md 11, trouble 13). */
    record UnsignedToken() implements ClientMistakes.ClientMistake {
        private static final List<String> NAMES = List.of("x-oss-security-token", "security-token");

        @Override
        public List<ClientMistakes.Candidate> of(MismatchedRequest mismatched) {
            List<ClientMistakes.Candidate> candidates = new ArrayList<>(2);
            QueryParameters query = mismatched.request().query();
            Headers headers = mismatched.request().headers();
            for (String name : NAMES) {
                if (query.has(name)) {
                    candidates.add(mismatched.signed(
                            mismatched.with(query.without(name)), cause("parameter " + name, "the URL is signed")));
                }
                if (headers.has(name)) {
                    candidates.add(mismatched.signed(
                            mismatched.with(headers.without(name)), cause("header " + name, "the request is signed")));
                }
            }
            return candidates;
        }

        private static Explained.Cause cause(String place, String when) {
            return new Explained.Cause(
                    "TokenNotSigned",
                    "The security token in the " + place + " was added after signing; put it there before " + when
                            + ", since it is part of what is signed.");
        }
    }

    /** Chooses the names that may have been added to a request together: each by itself, a callback with its variables, or all. */
    static final class Subsets {
        private static final int MAX = 32;

        private Subsets() {}

        /** At most 34 subsets. */
        static List<List<String>> of(List<String> names, String callback) {
            List<String> some = names.stream().distinct().limit(MAX).toList();
            List<List<String>> subsets =
                    new ArrayList<>(some.stream().map(List::of).toList());
            List<String> together =
                    some.stream().filter(name -> name.startsWith(callback)).toList();
            if (together.size() > 1) {
                subsets.add(together);
            }
            if (some.size() > 1) {
                subsets.add(some);
            }
            return subsets;
        }

        /** The names in quotes, for a sentence. */
        static String listed(List<String> names) {
            return names.stream().map(ShownText.Quoted::of).collect(Collectors.joining(", "));
        }
    }
}

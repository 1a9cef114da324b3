package io.countersign.signing.v1;

import io.countersign.oss.Address;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Parameters;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Predicate;

/**
 * Finds the requests that share one V1 string to sign. V1 does not encode its resource, so {@code GET a%3Facl} and {@code GET a?acl} have the same string, and so have a
 * value {@code x&x-oss-process=p} and a value {@code x} followed by a parameter {@code x-oss-process} (docs/protocol.md 1.5).
 *
 * <p>A request is ambiguous if its key contains {@code ?}, or a signed parameter contains {@code ?} or {@code &} (or {@code =} in its name). It may pass only if every
 * reading may pass. Any other request is the plainest reading of its string and is judged by itself.
 */
public final class V1Readings {
    /** The most readings that are judged; no legitimate request has more. */
    public static final int MAX_READINGS = 16;

    private final OssRequest request;
    private final Predicate<String> signed;

    public V1Readings(OssRequest request) {
        this(request, Parameters::isSignedByV1);
    }

    /** @param signed whether V1 signs a query parameter of this name (docs/protocol.md 1.3) */
    V1Readings(OssRequest request, Predicate<String> signed) {
        this.request = request;
        this.signed = signed;
    }

    /**
     * The readings for a verifier: the request itself first, and, if it is ambiguous, the other requests with the same string to sign. Empty when there are more than
     * {@link #MAX_READINGS}.
     */
    public Optional<List<OssRequest>> all() {
        return Ambiguity.isIn(request.target(), request.query(), signed) ? ofTheText() : Optional.of(List.of(request));
    }

    /** The readings for a signer of the text: the request first, then every other one with the same string to sign. Empty when there are more than {@link #MAX_READINGS}. */
    public Optional<List<OssRequest>> ofTheText() {
        String resource = resource();
        SequencedSet<OssRequest> readings = new LinkedHashSet<>();
        readings.add(request);
        readings.add(reading(resource, List.of()));
        for (int mark = resource.indexOf('?'); mark >= 0; mark = resource.indexOf('?', mark + 1)) {
            String key = resource.substring(0, mark);
            Optional<List<List<QueryParameter>>> splits =
                    new ParameterSplits(signed, MAX_READINGS).of(resource.substring(mark + 1));
            if (splits.isEmpty()) {
                return Optional.empty();
            }
            splits.get().forEach(parameters -> readings.add(reading(key, parameters)));
            if (readings.size() > MAX_READINGS) {
                return Optional.empty();
            }
        }
        return Optional.of(List.copyOf(readings));
    }

    /** The canonicalized resource after {@code /bucket/}. */
    private String resource() {
        StringBuilder text = new StringBuilder(key());
        char separator = '?';
        for (QueryParameter parameter : signedParameters()) {
            text.append(separator).append(parameter.name());
            if (!parameter.value().isEmpty()) {
                text.append('=').append(parameter.value());
            }
            separator = '&';
        }
        return text.toString();
    }

    private List<QueryParameter> signedParameters() {
        return request.query().list().stream()
                .filter(parameter -> signed.test(parameter.name()))
                .sorted(Comparator.comparing(QueryParameter::name))
                .toList();
    }

    private String key() {
        return switch (request.target()) {
            case Target.Service service -> "";
            case Target.Bucket bucket -> "";
            case Target.ObjectKey object -> object.key();
        };
    }

    private OssRequest reading(String key, List<QueryParameter> parameters) {
        List<QueryParameter> query = new ArrayList<>(parameters);
        request.query().list().stream()
                .filter(parameter -> !signed.test(parameter.name()))
                .forEach(query::add);
        Address address = request.address();
        return new OssRequest(
                request.method(), address.with(target(key)), new QueryParameters(query), request.headers());
    }

    private Target target(String key) {
        return switch (request.target()) {
            case Target.Service service -> service;
            case Target.Bucket bucket -> key.isEmpty() ? bucket : Target.object(bucket.bucket(), key);
            case Target.ObjectKey object ->
                key.isEmpty() ? Target.bucket(object.bucket()) : Target.object(object.bucket(), key);
        };
    }

    /** Splits the text after a {@code ?} of a V1 resource into signed parameters in every possible way: each {@code &} is a separator, or a part of the value before it. */
    static final class ParameterSplits {
        private final Predicate<String> signed;
        private final int max;

        /** @param max the most splits to follow at once, which bounds time and memory for any text */
        ParameterSplits(Predicate<String> signed, int max) {
            this.signed = signed;
            this.max = max;
        }

        /** Every split once; none when the text cannot be parameters; absent when there are more than the bound. */
        Optional<List<List<QueryParameter>>> of(String text) {
            List<List<QueryParameter>> splits = List.of(List.of());
            for (String piece : text.split("&", -1)) {
                splits = extended(splits, piece);
                if (splits.isEmpty()) {
                    return Optional.of(List.of());
                }
                if (splits.size() > max) {
                    return Optional.empty();
                }
            }
            return Optional.of(splits);
        }

        private List<List<QueryParameter>> extended(List<List<QueryParameter>> splits, String piece) {
            List<List<QueryParameter>> longer = new ArrayList<>();
            for (List<QueryParameter> split : splits) {
                if (!split.isEmpty() && split.getLast().assigned()) {
                    QueryParameter last = split.getLast();
                    longer.add(with(
                            split.subList(0, split.size() - 1),
                            QueryParameter.of(last.name(), last.value() + "&" + piece)));
                }
                if (startsParameter(piece, split)) {
                    longer.add(with(split, parameter(piece)));
                }
            }
            return longer;
        }

        /** The parameters of a resource are sorted by name, so a name that is not greater than the one before cannot begin a parameter. */
        private boolean startsParameter(String piece, List<QueryParameter> before) {
            String name = parameter(piece).name();
            return signed.test(name)
                    && (before.isEmpty() || before.getLast().name().compareTo(name) < 0);
        }

        private static QueryParameter parameter(String piece) {
            int equals = piece.indexOf('=');
            return equals < 0
                    ? QueryParameter.bare(piece)
                    : QueryParameter.of(piece.substring(0, equals), piece.substring(equals + 1));
        }

        private static List<QueryParameter> with(List<QueryParameter> before, QueryParameter last) {
            List<QueryParameter> more = new ArrayList<>(before);
            more.add(last);
            return List.copyOf(more);
        }
    }

    /** Whether a request is ambiguous. Countersign signs none that is: it makes no signature that is valid for another request as well (docs/protocol.md 1.5). */
    static final class Ambiguity {
        private Ambiguity() {}

        static boolean isIn(Target target, QueryParameters query, Predicate<String> signed) {
            return isIn(target) || isIn(query, signed);
        }

        /** @throws OssRefusal InvalidArgument when the key or a signed parameter contains a separator of V1 */
        static void refuse(Target target, QueryParameters query) throws OssRefusal {
            if (isIn(target)) {
                throw refused("the object key has a '?'");
            }
            if (isIn(query, Parameters::isSignedByV1)) {
                throw refused("a signed parameter has a '&', a '?' or, in its name, a '='");
            }
        }

        private static boolean isIn(Target target) {
            return target instanceof Target.ObjectKey object && object.key().indexOf('?') >= 0;
        }

        private static boolean isIn(QueryParameters query, Predicate<String> signed) {
            for (QueryParameter parameter : query.list()) {
                if (signed.test(parameter.name())
                        && (hasAny(parameter.name(), "&=?") || hasAny(parameter.value(), "&?"))) {
                    return true;
                }
            }
            return false;
        }

        private static boolean hasAny(String text, String characters) {
            for (int i = 0; i < characters.length(); i++) {
                if (text.indexOf(characters.charAt(i)) >= 0) {
                    return true;
                }
            }
            return false;
        }

        private static OssRefusal refused(String reason) {
            return new OssRefusal(
                    OssError.INVALID_ARGUMENT,
                    "A V1 signature would be valid for another request as well: " + reason
                            + ". Sign with V4, which encodes it.");
        }
    }
}

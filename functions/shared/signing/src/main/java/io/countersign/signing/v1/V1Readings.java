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
 * The requests that share one V1 string to sign. V1 does not encode its resource, so {@code GET a%3Facl} and {@code GET a?acl} are signed alike, and so are a value
 * {@code x&x-oss-process=p} and a value {@code x} beside a parameter {@code x-oss-process} (protocol.md 1.5).
 *
 * <p>A request whose key holds {@code ?}, or whose signed parameters hold {@code ?} or {@code &} (or {@code =} in a name), has to pass in each of its readings. One that holds none of them is the plainest
 * reading of its string to sign and stands for itself.
 */
public final class V1Readings {
    /** More readings than this are not judged: no honest request has them. */
    public static final int MAX_READINGS = 16;

    private final OssRequest request;
    private final Predicate<String> signed;

    public V1Readings(OssRequest request) {
        this(request, Parameters::isSignedByV1);
    }

    /** @param signed whether V1 signs a query parameter of this name (protocol.md 1.3) */
    V1Readings(OssRequest request, Predicate<String> signed) {
        this.request = request;
        this.signed = signed;
    }

    /**
     * For who judges a request: it as it came first, then, unless it is plain, what else was signed by the same text; empty when there are more than
     * {@link #MAX_READINGS}.
     */
    public Optional<List<OssRequest>> all() {
        return isAmbiguous() ? ofTheText() : Optional.of(List.of(request));
    }

    /** For who signs a text: the request first, then every other one that has the same text, however plain it is; empty when there are more than {@link #MAX_READINGS}. */
    public Optional<List<OssRequest>> ofTheText() {
        String resource = resource();
        SequencedSet<OssRequest> readings = new LinkedHashSet<>();
        readings.add(request);
        readings.add(reading(resource, List.of()));
        for (int mark = resource.indexOf('?'); mark >= 0; mark = resource.indexOf('?', mark + 1)) {
            String key = resource.substring(0, mark);
            Optional<List<List<QueryParameter>>> splits =
                    new V1ParameterSplits(signed, MAX_READINGS).of(resource.substring(mark + 1));
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

    private boolean isAmbiguous() {
        return key().indexOf('?') >= 0
                || signedParameters().stream()
                        .anyMatch(parameter -> holdsAny(parameter.name(), "?&=") || holdsAny(parameter.value(), "?&"));
    }

    private static boolean holdsAny(String text, String characters) {
        return text.chars().anyMatch(c -> characters.indexOf(c) >= 0);
    }

    /** What follows {@code /bucket/} in the canonicalized resource. */
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
                request.method(),
                new Address(target(key), address.style(), address.host(), address.region()),
                new QueryParameters(query),
                request.headers());
    }

    private Target target(String key) {
        return switch (request.target()) {
            case Target.Service service -> service;
            case Target.Bucket bucket -> key.isEmpty() ? bucket : Target.object(bucket.bucket(), key);
            case Target.ObjectKey object ->
                key.isEmpty() ? Target.bucket(object.bucket()) : Target.object(object.bucket(), key);
        };
    }

    /** The ways to read the text after a {@code ?} of a V1 resource as signed parameters: each {@code &} separates, or belongs to the value before it. */
    static final class V1ParameterSplits {
        private final Predicate<String> signed;
        private final int max;

        /** @param max how many ways to follow at once: a bound on time and memory whatever the text */
        V1ParameterSplits(Predicate<String> signed, int max) {
            this.signed = signed;
            this.max = max;
        }

        /** Each way once; none when the text cannot be parameters; absent when there are too many to follow. */
        Optional<List<List<QueryParameter>>> of(String text) {
            List<List<QueryParameter>> ways = List.of(List.of());
            for (String piece : text.split("&", -1)) {
                ways = extended(ways, piece);
                if (ways.isEmpty()) {
                    return Optional.of(List.of());
                }
                if (ways.size() > max) {
                    return Optional.empty();
                }
            }
            return Optional.of(ways);
        }

        private List<List<QueryParameter>> extended(List<List<QueryParameter>> ways, String piece) {
            List<List<QueryParameter>> longer = new ArrayList<>();
            for (List<QueryParameter> way : ways) {
                if (!way.isEmpty() && way.getLast().assigned()) {
                    QueryParameter last = way.getLast();
                    longer.add(with(
                            way.subList(0, way.size() - 1),
                            QueryParameter.of(last.name(), last.value() + "&" + piece)));
                }
                if (startsParameter(piece, way)) {
                    longer.add(with(way, parameter(piece)));
                }
            }
            return longer;
        }

        /** Parameters stand sorted by name in a resource, so a name that is not greater than the one before cannot begin one. */
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

    /** V1 signs decoded text, so some requests share one string to sign (protocol.md 1.5). Countersign makes no signature that another reading could use. */
    static final class Ambiguity {
        private Ambiguity() {}

        /** @throws OssRefusal InvalidArgument when a key or a signed parameter has a character that V1 cannot tell from its own */
        static void refuse(Target target, QueryParameters query) throws OssRefusal {
            if (target instanceof Target.ObjectKey object && object.key().indexOf('?') >= 0) {
                throw refused("the object key has a '?'");
            }
            for (QueryParameter parameter : query.list()) {
                if (!Parameters.isSignedByV1(parameter.name())) {
                    continue;
                }
                if (hasAny(parameter.name(), "&=?") || hasAny(parameter.value(), "&?")) {
                    throw refused("a signed parameter has a '&', a '?' or, in its name, a '='");
                }
            }
        }

        private static boolean hasAny(String text, String characters) {
            for (int i = 0; i < characters.length(); i++) {
                if (text.indexOf(characters.charAt(i)) >= 0) {
                    return true;
                }
            }
            return false;
        }

        private static OssRefusal refused(String what) {
            return new OssRefusal(
                    OssError.INVALID_ARGUMENT,
                    "A V1 signature would stand for another request as well: " + what
                            + ". Sign with V4, which encodes it.");
        }
    }
}

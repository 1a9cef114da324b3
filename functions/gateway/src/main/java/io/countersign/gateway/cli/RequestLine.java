package io.countersign.gateway.cli;

import io.countersign.oss.Headers;
import io.countersign.oss.QueryParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A request to OSS, described by options.
 *
 * @param method in upper case; not checked
 * @param version of the signature, in upper case; not checked
 */
record RequestLine(
        String method,
        Optional<String> bucket,
        Optional<String> key,
        List<Headers.HeaderField> headers,
        List<QueryParameter> query,
        String version) {
    static final String VERSION = "--signature-version";
    static final String DEFAULT_VERSION = "V4";

    RequestLine {
        headers = List.copyOf(headers);
        query = List.copyOf(query);
    }

    /** @return the message of a refusal, without what is not to be repeated of the names that it repeats */
    String echoed(String message) {
        return Echo.in(
                message,
                Stream.concat(
                                headers.stream().map(Headers.HeaderField::name),
                                query.stream().map(QueryParameter::name))
                        .toList());
    }

    /** The options that describe the request, except its bucket, key and signature version. */
    static final class Options {
        private static final String HEADER = "--header";
        private static final String QUERY = "--query";

        private final Argument<Optional<String>> method;
        private final Argument<List<String>> headers;
        private final Argument<List<String>> query;

        Options(Arguments command) {
            method = command.optional("--method", "METHOD", "GET, PUT, HEAD, POST or DELETE. Default: GET.");
            headers = command.repeated(HEADER, "NAME:VALUE", "A header that the client will send. Can be repeated.");
            query = command.repeated(
                    QUERY, "NAME[=VALUE]", "A sub-resource or response override, not URL-encoded. Can be repeated.");
        }

        RequestLine read(Optional<String> bucket, Optional<String> key, String version) throws CommandFailure.Misuse {
            return new RequestLine(
                    method.value().orElse("GET").toUpperCase(Locale.ROOT),
                    bucket,
                    key,
                    headerFields(),
                    parameters(),
                    version.toUpperCase(Locale.ROOT));
        }

        private List<Headers.HeaderField> headerFields() throws CommandFailure.Misuse {
            List<Headers.HeaderField> fields = new ArrayList<>();
            for (String header : headers.value()) {
                int colon = header.indexOf(':');
                if (colon < 1) {
                    throw new CommandFailure.Misuse(
                            HEADER + " must be a name, a colon and a value, such as x-oss-meta-a:b.");
                }
                fields.add(new Headers.HeaderField(
                        header.substring(0, colon).strip(),
                        header.substring(colon + 1).strip()));
            }
            return fields;
        }

        private List<QueryParameter> parameters() throws CommandFailure.Misuse {
            List<QueryParameter> parameters = new ArrayList<>();
            for (String parameter : query.value()) {
                int equals = parameter.indexOf('=');
                if (equals == 0 || parameter.isEmpty()) {
                    throw new CommandFailure.Misuse(QUERY
                            + " must be a name, or a name and a value, such as response-content-type=text/plain.");
                }
                parameters.add(
                        equals < 0
                                ? QueryParameter.bare(parameter)
                                : QueryParameter.of(parameter.substring(0, equals), parameter.substring(equals + 1)));
            }
            return parameters;
        }
    }
}

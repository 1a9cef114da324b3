package io.countersign.gateway.cli;

import io.countersign.oss.Headers;
import io.countersign.oss.QueryParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A request to OSS as options describe it.
 *
 * @param method in upper case; whether OSS knows it is not said
 * @param version {@code V4} unless named; whether it is known is not said
 */
record RequestLine(
        String method,
        Optional<String> bucket,
        Optional<String> key,
        List<Headers.HeaderField> headers,
        List<QueryParameter> query,
        String version) {
    static final String BUCKET = "--bucket";
    static final String KEY = "--key";
    private static final String METHOD = "--method";
    private static final String HEADER = "--header";
    private static final String QUERY = "--query";
    private static final String VERSION = "--signature-version";

    RequestLine {
        headers = List.copyOf(headers);
        query = List.copyOf(query);
    }

    /** @param versions as help lists them */
    static void addTo(CommandSpec command, String versions) {
        command.addOption(Options.text(METHOD, "METHOD", "GET (the default), PUT, HEAD, POST or DELETE."));
        command.addOption(Options.texts(HEADER, "NAME:VALUE", "A header that the client will send; may be repeated."));
        command.addOption(
                Options.texts(QUERY, "NAME[=VALUE]", "A sub-resource or an override, not encoded; may be repeated."));
        command.addOption(Options.text(VERSION, "VERSION", versions));
    }

    static RequestLine read(Line line) throws Misuse {
        List<Headers.HeaderField> headers = new ArrayList<>();
        for (String header : line.texts(HEADER)) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw new Misuse(HEADER + " is a name, a colon and a value, such as x-oss-meta-a:b.");
            }
            headers.add(new Headers.HeaderField(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip()));
        }
        List<QueryParameter> query = new ArrayList<>();
        for (String parameter : line.texts(QUERY)) {
            int equals = parameter.indexOf('=');
            if (equals == 0 || parameter.isEmpty()) {
                throw new Misuse(
                        QUERY + " is a name, or a name and a value, such as response-content-type=text/plain.");
            }
            query.add(
                    equals < 0
                            ? QueryParameter.bare(parameter)
                            : QueryParameter.of(parameter.substring(0, equals), parameter.substring(equals + 1)));
        }
        return new RequestLine(
                line.text(METHOD).orElse("GET").toUpperCase(Locale.ROOT),
                line.text(BUCKET),
                line.text(KEY),
                headers,
                query,
                line.text(VERSION).orElse("V4").toUpperCase(Locale.ROOT));
    }
}

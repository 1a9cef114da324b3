package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Headers;
import io.countersign.signing.v1.V1;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parts of a request that its signature binds, each in one spelling. They are read from the request's raw texts, independently of the code under test. Two requests of which these are the same differ in nothing that matters: in what
 * nobody signed, or in how they spell what was signed.
 *
 * @param version {@code OSS}, {@code OSS2} or {@code OSS4-HMAC-SHA256}
 * @param resource the decoded path and the signed parameters, decoded and by name; V1 writes both into one text, so that the one may look like the other
 * @param headers the signed ones by lower-cased name, repeated ones joined; without those that are empty, which signers may leave out
 * @param credentials what the Authorization header says, in its parts
 */
public record SignedParts(
        String version,
        String method,
        List<String> resource,
        SortedMap<String, String> headers,
        SortedMap<String, String> credentials) {
    private static final String V1_VERSION = "OSS";
    private static final String V2_VERSION = "OSS2";
    private static final List<String> V1_URL = List.of("OSSAccessKeyId", "Expires", "Signature");

    /** For a request that was allowed in somebody's name. */
    public static SignedParts of(VerifyRequest request) {
        SortedMap<String, String> all = headers(request);
        String authorization = all.getOrDefault("authorization", "");
        String url = request.url();
        if (!url.startsWith("/")) {
            int start = url.indexOf("://") + 3;
            int end = firstOf(url, "/?", start);
            all.put("host", url.substring(start, end));
            url = url.startsWith("/", end) ? url.substring(end) : "/" + url.substring(end);
        }
        requirePathStyle(all.get("host"));
        int mark = firstOf(url, "?", 0);
        List<String[]> parameters = parameters(mark == url.length() ? "" : url.substring(mark + 1));
        String version =
                authorization.isEmpty() ? version(parameters) : authorization.split(" ", 2)[0];
        SortedMap<String, String> credentials = new TreeMap<>();
        if (!authorization.isEmpty()) {
            credentials = credentials(version, authorization.substring(version.length() + 1));
        }
        List<String> additional = additional(version, all, parameters, credentials);
        return new SignedParts(
                version,
                request.method(),
                resource(version, path(url.substring(0, mark)), parameters),
                signed(version, all, additional),
                credentials);
    }

    /** Whether it is of the version whose texts match several requests (docs/protocol.md 1.5). */
    public boolean isV1() {
        return version.equals(V1_VERSION);
    }

    private static SortedMap<String, String> headers(VerifyRequest request) {
        SortedMap<String, String> headers = new TreeMap<>();
        for (Headers.HeaderField field : request.headers().fields()) {
            headers.merge(
                    field.name().toLowerCase(Locale.ROOT),
                    trim(field.value()),
                    (first, second) -> first + "," + second);
        }
        return headers;
    }

    /** All victims are addressed so; under another kind of host their paths would mean something else. */
    private static void requirePathStyle(String host) {
        assertThat(host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]+$", "")).matches("localhost|[0-9.]+|\\[.*]");
    }

    private static String version(List<String[]> parameters) {
        return parameters.stream()
                .filter(parameter -> parameter[0].equals("x-oss-signature-version"))
                .map(parameter -> parameter[1])
                .findFirst()
                .orElse(V1_VERSION);
    }

    /** V1's are one text, the others' are pairs in any order; the names of additional headers count by what they add. */
    private static SortedMap<String, String> credentials(String version, String text) {
        SortedMap<String, String> pairs = new TreeMap<>();
        if (version.equals(V1_VERSION)) {
            pairs.put("", trim(text));
            return pairs;
        }
        for (String pair : text.split(",")) {
            String[] both = trim(pair).split(version.equals(V2_VERSION) ? ":" : "=", 2);
            pairs.put(both[0], both[1]);
        }
        return pairs;
    }

    /** The additional headers that the request really has; what V4 signs anyway adds nothing by being named. */
    private static List<String> additional(
            String version,
            SortedMap<String, String> headers,
            List<String[]> parameters,
            SortedMap<String, String> credentials) {
        String named = credentials.remove("AdditionalHeaders");
        if (named == null) {
            named = parameters.stream()
                    .filter(parameter -> parameter[0].equals("x-oss-additional-headers"))
                    .map(parameter -> parameter[1])
                    .findFirst()
                    .orElse("");
        }
        return Arrays.stream(named.split(";"))
                .map(name -> trim(name).toLowerCase(Locale.ROOT))
                .filter(headers::containsKey)
                .filter(name -> version.equals(V2_VERSION) || !isSignedByDefault(name))
                .sorted()
                .toList();
    }

    private static List<String> resource(String version, String path, List<String[]> parameters) {
        boolean first = version.equals(V1_VERSION);
        List<String> signed = parameters.stream()
                .filter(parameter -> !first || V1.signs(parameter[0]))
                .sorted(Comparator.comparing(parameter -> parameter[0]))
                .map(parameter -> parameter[1].isEmpty() ? parameter[0] : parameter[0] + "=" + parameter[1])
                .toList();
        List<String> resource = new ArrayList<>();
        if (!first) {
            resource.add(path);
            resource.addAll(signed);
            return resource;
        }
        resource.add(signed.isEmpty() ? path : path + "?" + String.join("&", signed));
        for (String name : V1_URL) {
            parameters.stream()
                    .filter(parameter -> parameter[0].equals(name))
                    .map(parameter -> name.equals("Expires") ? "" + Long.parseLong(parameter[1]) : parameter[1])
                    .forEach(resource::add);
        }
        return resource;
    }

    private static SortedMap<String, String> signed(
            String version, SortedMap<String, String> headers, List<String> additional) {
        SortedMap<String, String> signed = new TreeMap<>();
        headers.forEach((name, value) -> {
            if (!value.isEmpty() && (isSignedByDefault(name) || additional.contains(name))) {
                signed.put(name, value);
            }
        });
        if (headers.containsKey("authorization")) {
            String date = headers.getOrDefault("x-oss-date", "");
            signed.put("the date", date.isEmpty() ? headers.getOrDefault("date", "") : date);
        }
        signed.put("the additional names", version.equals(V1_VERSION) ? "" : String.join(";", additional));
        return signed;
    }

    private static boolean isSignedByDefault(String name) {
        return name.startsWith("x-oss-") || name.equals("content-type") || name.equals("content-md5");
    }

    /** A bucket is named with or without its slash. */
    private static String path(String raw) {
        String path = decoded(raw);
        return path.length() > 1 && path.indexOf('/', 1) < 0 ? path + "/" : path;
    }

    private static List<String[]> parameters(String query) {
        List<String[]> parameters = new ArrayList<>();
        for (String piece : query.split("&")) {
            String[] both = piece.split("=", 2);
            if (!piece.isEmpty()) {
                parameters.add(new String[] {
                    decoded(both[0].replace("+", "%20")), both.length < 2 ? "" : decoded(both[1].replace("+", "%20"))
                });
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                octets.write(Integer.parseInt(new String(raw, i + 1, 2, StandardCharsets.US_ASCII), 16));
                i += 2;
            } else {
                octets.write(raw[i]);
            }
        }
        return octets.toString(StandardCharsets.UTF_8);
    }

    private static int firstOf(String text, String characters, int from) {
        int at = from;
        while (at < text.length() && characters.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static String trim(String value) {
        return value.replaceAll("^[ \t]+|[ \t]+$", "");
    }
}

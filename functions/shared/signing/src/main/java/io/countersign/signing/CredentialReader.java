package io.countersign.signing;

import io.countersign.oss.Headers;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameter;
import io.countersign.signing.base.HeaderLines;
import io.countersign.signing.base.Names;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/** Reads the parts that the credentials of several versions have in common, strictly. */
public final class CredentialReader {
    /** The most additional headers of one signature. */
    private static final int MAX_ADDITIONAL = 100;

    private CredentialReader() {}

    /** The only value of a parameter. A duplicate is refused, although OSS is said to use the first (docs/protocol.md 1.4), so that the value is never ambiguous. */
    public static Optional<String> single(OssRequest request, String name) throws OssRefusal {
        Optional<String> value = Optional.empty();
        for (QueryParameter parameter : request.query().list()) {
            if (!parameter.name().equals(name)) {
                continue;
            }
            if (value.isPresent()) {
                throw new OssRefusal(
                        OssError.INVALID_ARGUMENT,
                        "The parameter " + name + " is duplicated in the URL; send it once.");
            }
            value = Optional.of(parameter.value());
        }
        return value;
    }

    /** Whether a text can be an access key id. */
    public static boolean isPossibleId(String id) {
        if (id.isEmpty() || id.length() > AccessKey.MAX_ID_LENGTH) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == '/' || c == ',' || c == ':') {
                return false;
            }
        }
        return true;
    }

    /** The seconds since 1970 of an Expires parameter: 1 to 10 digits. */
    public static long expires(String digits) throws OssRefusal {
        return digits(digits, 10).orElseThrow(() -> new OssRefusal(OssError.INVALID_EXPIRES));
    }

    /** The number of at most that many ASCII digits; empty for any other text. */
    public static OptionalLong digits(String text, int max) {
        if (text.isEmpty() || text.length() > max) {
            return OptionalLong.empty();
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return OptionalLong.empty();
            }
            number = number * 10 + digit;
        }
        return OptionalLong.of(number);
    }

    /** The security token in one of these headers and parameters. A duplicate is refused (docs/protocol.md 1.4). */
    public static Optional<SecurityToken> token(OssRequest request, List<String> headers, List<String> parameters)
            throws OssRefusal {
        int count = 0;
        String found = "";
        for (Headers.HeaderField field : request.headers().fields()) {
            if (headers.contains(field.name())) {
                found = field.value();
                count++;
            }
        }
        for (QueryParameter parameter : request.query().list()) {
            if (parameters.contains(parameter.name())) {
                found = parameter.value();
                count++;
            }
        }
        if (count == 0) {
            return Optional.empty();
        }
        if (count > 1) {
            throw new OssRefusal(OssError.TWO_SECURITY_TOKENS);
        }
        String token = HeaderLines.trim(found);
        if (!SecurityToken.isPossible(token)) {
            throw new OssRefusal(OssError.INVALID_SECURITY_TOKEN);
        }
        return Optional.of(SecurityToken.of(token));
    }

    /** Header names separated by semicolons, in lower case and sorted. Empty and duplicate names are refused. */
    public static List<String> additionalHeaders(String text) throws OssRefusal {
        TreeSet<String> names = new TreeSet<>();
        int start = 0;
        while (start <= text.length()) {
            int end = text.indexOf(';', start);
            if (end < 0) {
                end = text.length();
            }
            String name = Names.lower(HeaderLines.trim(text.substring(start, end)));
            if (!Names.isHeaderName(name) || !names.add(name) || names.size() > MAX_ADDITIONAL) {
                throw new OssRefusal(
                        OssError.INVALID_ADDITIONAL_HEADERS,
                        "The additional headers are not names separated by semicolons, each once.");
            }
            start = end + 1;
        }
        return List.copyOf(names);
    }
}

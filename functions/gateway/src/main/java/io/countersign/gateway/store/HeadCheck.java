package io.countersign.gateway.store;

import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.identity.SourceAddress;
import io.countersign.oss.Body;
import io.countersign.oss.Headers;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.verify.decide.Context;
import io.countersign.verify.decide.HeaderText;
import io.countersign.verify.decide.VerifyRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the head of a client's request, and refuses what a store might read in another way than it is judged. */
final class HeadCheck {
    /** Proxies add lines of these, and nothing of them goes to a store. */
    private static final Set<String> REPEATABLE = Set.of("forwarded", "via", "x-forwarded-for");

    private static final String FOREIGN = "x-amz-";

    private HeadCheck() {}

    /**
     * Returns the request as it is judged, with all of its headers.
     *
     * @param target the target of the request line
     * @throws OssRefusal InvalidArgument for a repeated header, a header of another protocol, trailers, a body in another form than OSS's, or a URL whose host is not Host's
     */
    static VerifyRequest read(Call call, String target) throws OssRefusal {
        List<Headers.HeaderField> lines = new ArrayList<>(call.headers().size());
        Set<String> names = new HashSet<>();
        for (Header header : call.headers()) {
            Headers.HeaderField line = new Headers.HeaderField(header.name(), HeaderText.utf8(header.value()));
            check(line, names);
            lines.add(line);
        }
        Headers headers = new Headers(lines);
        requireSameHost(target, headers.first("host").orElse(""));
        if (headers.has("trailer")) {
            throw refused("A body with trailers is not taken; send all headers before it.");
        }
        requirePlainBody(headers);
        return new VerifyRequest(
                call.method(),
                call.path() + call.rawQuery().map(query -> "?" + query).orElse(""),
                headers,
                call.client().address().flatMap(SourceAddress::canonical),
                call.client().secure(),
                Optional.empty(),
                Body.UNKNOWN,
                Context.NONE,
                Optional.empty());
    }

    private static void check(Headers.HeaderField line, Set<String> names) throws OssRefusal {
        if (!names.add(line.name()) && !REPEATABLE.contains(line.name())) {
            throw refused("The header " + shown(line.name()) + " is duplicated; send it once.");
        }
        if (line.name().startsWith(FOREIGN)) {
            throw refused("The header " + shown(line.name()) + " is not one of OSS's; leave it out.");
        }
    }

    /** RFC 9112 3.2.2: an absolute URL counts and Host does not. Where both are equal, it does not matter who reads which. */
    private static void requireSameHost(String target, String host) throws OssRefusal {
        if (target.startsWith("/")) {
            return;
        }
        int start = target.indexOf("://") + 3;
        int end = start;
        while (end < target.length() && "/?".indexOf(target.charAt(end)) < 0) {
            end++;
        }
        if (!target.substring(start, end).equalsIgnoreCase(host)) {
            throw refused("The URL of the request line and the header Host name different hosts; send both the same.");
        }
    }

    /** What other protocols wrap around a body would become part of the object. */
    private static void requirePlainBody(Headers headers) throws OssRefusal {
        String coding = headers.first("content-encoding").orElse("").toLowerCase(Locale.ROOT);
        String hash = headers.first(PayloadHash.HEADER).orElse("");
        if (coding.contains("aws-chunked") || hash.startsWith("STREAMING-")) {
            throw refused(
                    "The body is in chunks with signatures of their own, which OSS does not have; send it plain.");
        }
    }

    private static String shown(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64);
    }

    static OssRefusal refused(String message) {
        return new OssRefusal(OssError.INVALID_ARGUMENT, message);
    }

    /** The length of the body by its framing; empty where it comes in chunks. */
    static OptionalLong length(VerifyRequest head) throws OssRefusal {
        if (head.headers().has("transfer-encoding")) {
            return OptionalLong.empty();
        }
        String text = head.headers().first("content-length").orElse("0");
        try {
            long length = Long.parseLong(text);
            if (length >= 0) {
                return OptionalLong.of(length);
            }
        } catch (NumberFormatException e) {
            // Refused below. The decoder has refused what is no number already.
        }
        throw refused("The Content-Length is not a number of bytes.");
    }
}

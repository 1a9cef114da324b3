package io.countersign.verify.forwardauth;

import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.oss.Body;
import io.countersign.oss.Headers;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OuterSpace;
import io.countersign.verify.decide.Context;
import io.countersign.verify.decide.HeaderText;
import io.countersign.verify.decide.VerifyRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The client's request as the proxy reports it.
 *
 * @param uri the request line's target, undecoded; begins with a slash
 * @param headers the client's own, and its Host
 */
record ForwardedRequest(String method, String uri, Headers headers) {
    /** The header of the connection between proxy and gateway that names the gateway; the client's is in the header of the family. */
    private static final String HOST = "host";

    /** @throws OssRefusal InvalidArgument when a header of the family is missing, empty or duplicated, or the URI is not a path */
    static ForwardedRequest read(Call call, HeaderFamily family) throws OssRefusal {
        String method = member(call, family.method());
        String uri = member(call, family.uri());
        if (!uri.startsWith("/")) {
            // An absolute URL would contain a scheme, which only the client vouches for.
            throw refused("The header " + family.uri() + " does not begin with a slash; have the proxy set it to the"
                    + " path and query as they came.");
        }
        List<Headers.HeaderField> lines = new ArrayList<>(call.headers().size());
        lines.add(new Headers.HeaderField(HOST, member(call, family.host())));
        for (Header header : call.headers()) {
            if (!family.has(header)) {
                Headers.HeaderField line = new Headers.HeaderField(header.name(), HeaderText.utf8(header.value()));
                if (!line.name().equals(HOST) && !Headers.isOfConnection(line.name())) {
                    lines.add(line);
                }
            }
        }
        return new ForwardedRequest(method, uri, new Headers(lines));
    }

    VerifyRequest toVerify(ClientConnection from) {
        return new VerifyRequest(
                method,
                uri,
                headers,
                from.client().address(),
                from.client().secure(),
                Optional.empty(),
                Body.UNKNOWN,
                Context.from(from.sourceVpc()),
                Optional.empty());
    }

    /** Refuses a second line of that name: it may be the client's own, which the proxy failed to replace. */
    private static String member(Call call, String name) throws OssRefusal {
        String value = OuterSpace.trim(call.onlyHeader(name).orElse(""));
        if (value.isEmpty()) {
            throw refused("The header " + name + " must be present exactly once; have the proxy set it, replacing what"
                    + " the client sends.");
        }
        return HeaderText.utf8(value);
    }

    private static OssRefusal refused(String message) {
        return new OssRefusal(OssError.INVALID_ARGUMENT, message);
    }
}

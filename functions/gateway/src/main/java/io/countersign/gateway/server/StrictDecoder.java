package io.countersign.gateway.server;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes requests of bytes, and none of those that another server could end elsewhere: a request whose length is told in two ways, or in one that is not known, is not guessed at (RFC 9112 6.3). What it does not take it hands on
 * as an invalid request, and it reads nothing after that from the connection. The codec alone would answer an unknown version with a bare 501, outside of any handler.
 */
final class StrictDecoder extends VertxHttpRequestDecoder {
    private static final String NAME = "httpDecoder";
    private static final Set<String> SPOKEN = Set.of("HTTP/1.1", "HTTP/1.0");
    /** RFC 9112 2.3. */
    private static final Pattern VERSION = Pattern.compile("HTTP/[0-9]\\.[0-9]");

    /** A request in a version of HTTP that is not spoken here. */
    static final class OtherVersionException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;
    }

    private StrictDecoder(HttpServerOptions options) {
        super(options);
    }

    /** Takes the place of the connection's own decoder; must be called before it has read anything. */
    static void install(HttpConnection connection, HttpServerOptions options) {
        ((HttpServerConnection) connection)
                .channelHandlerContext()
                .pipeline()
                .replace(HttpRequestDecoder.class, NAME, new StrictDecoder(options));
    }

    @Override
    protected HttpMessage createMessage(String[] requestLine) {
        // By their text: what else the codec takes for these versions, Vert.x does not.
        String version = requestLine[2];
        if (!SPOKEN.contains(version)) {
            throw VERSION.matcher(version).matches()
                    ? new OtherVersionException()
                    : new IllegalArgumentException("not HTTP");
        }
        return super.createMessage(requestLine);
    }

    /** Asked once the headers are whole, before they say where the body ends. */
    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        List<String> codings = message.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!codings.isEmpty() && !isPlainlyChunked(message, codings)) {
            throw new IllegalArgumentException("the end of the body is not clear");
        }
        return super.isContentAlwaysEmpty(message);
    }

    private static boolean isPlainlyChunked(HttpMessage message, List<String> codings) {
        return codings.size() == 1
                && codings.getFirst().equalsIgnoreCase("chunked")
                && !message.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                && message.protocolVersion().equals(HttpVersion.HTTP_1_1);
    }
}

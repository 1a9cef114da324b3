package io.countersign.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A request decoder that refuses every request whose parts or end another server could determine differently, to prevent request smuggling. It refuses contradictory
 * or unknown body lengths (RFC 9112 6.3), requires exactly one {@code Host} (3.2), and applies the rules of {@link HeadLines}. A refused request is passed on as
 * invalid, and nothing after it is read from the connection. Unsupported versions are refused here, because the codec would reply with an empty 501, outside of any
 * handler.
 */
final class StrictDecoder extends VertxHttpRequestDecoder {
    private static final String NAME = "httpDecoder";
    /** The limit on unanswered requests of a connection. Each of them is completely in memory. */
    static final int MOST_UNANSWERED = 256;

    private static final Set<String> SUPPORTED = Set.of("HTTP/1.1", "HTTP/1.0");
    /** The HTTP-version of RFC 9112 2.3. */
    private static final Pattern VERSION = Pattern.compile("HTTP/[0-9]\\.[0-9]");

    /** The request uses an unsupported version of HTTP. */
    static final class OtherVersionException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;
    }

    /** Confined to the connection's event loop. */
    private int unanswered;

    private final HeadLines lines = new HeadLines();

    private final boolean trailers;

    private StrictDecoder(HttpServerOptions options, boolean trailers) {
        super(options);
        this.trailers = trailers;
    }

    /**
     * Replaces the connection's decoder. Must be called before the connection has read anything.
     *
     * @param trailers whether a body may have trailers, which are ignored; otherwise it ends as one that was cut off
     */
    static void install(HttpConnection connection, HttpServerOptions options, boolean trailers) {
        ((HttpServerConnection) connection)
                .channelHandlerContext()
                .pipeline()
                .replace(HttpRequestDecoder.class, NAME, new StrictDecoder(options, trailers));
    }

    /**
     * Records that a request of the connection is being answered. Runs on its event loop.
     *
     * @return whether the client has sent a further request, or the beginning of one
     */
    static boolean answered(HttpConnection connection) {
        StrictDecoder decoder = ((HttpServerConnection) connection)
                .channelHandlerContext()
                .pipeline()
                .get(StrictDecoder.class);
        if (decoder == null) {
            return false;
        }
        decoder.unanswered--;
        return decoder.unanswered > 0 || decoder.actualReadableBytes() > 0;
    }

    /** Returns whether the client has sent a further request. Runs on the connection's event loop. */
    static boolean isPipelining(HttpConnection connection) {
        StrictDecoder decoder = ((HttpServerConnection) connection)
                .channelHandlerContext()
                .pipeline()
                .get(StrictDecoder.class);
        return decoder == null || decoder.unanswered > 1;
    }

    /** Closes the connection without a reply when too many requests are unanswered: such a client does not read replies. */
    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (unanswered > MOST_UNANSWERED) {
            in.skipBytes(in.readableBytes());
            context.close();
            return;
        }
        lines.reading(in);
        super.decode(context, in, out);
        lines.read(in, out);
        if (!trailers
                && !out.isEmpty()
                && out.getLast() instanceof LastHttpContent last
                && !last.trailingHeaders().isEmpty()) {
            last.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("the body has trailers")));
        }
    }

    @Override
    protected HttpMessage createMessage(String[] requestLine) {
        unanswered++;
        lines.requestLine();
        // Compares the text: the codec accepts other spellings of these versions, which Vert.x does not.
        String version = requestLine[2];
        if (!SUPPORTED.contains(version)) {
            throw VERSION.matcher(version).matches()
                    ? new OtherVersionException()
                    : new IllegalArgumentException("not an HTTP version");
        }
        return super.createMessage(requestLine);
    }

    /** The codec calls this once the headers are complete, before it determines the end of the body. */
    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        lines.head();
        requireOneHost(message);
        List<String> codings = message.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!codings.isEmpty() && !isPlainlyChunked(message, codings)) {
            throw new IllegalArgumentException("the length of the body is ambiguous");
        }
        return super.isContentAlwaysEmpty(message);
    }

    /** RFC 9112 3.2. HTTP/1.0 requests may omit it. */
    private static void requireOneHost(HttpMessage message) {
        int hosts = message.headers().getAll(HttpHeaderNames.HOST).size();
        if (hosts > 1 || (hosts == 0 && message.protocolVersion().equals(HttpVersion.HTTP_1_1))) {
            throw new IllegalArgumentException("there must be exactly one Host");
        }
    }

    private static boolean isPlainlyChunked(HttpMessage message, List<String> codings) {
        return codings.size() == 1
                && codings.getFirst().equalsIgnoreCase("chunked")
                && !message.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                && message.protocolVersion().equals(HttpVersion.HTTP_1_1);
    }
}

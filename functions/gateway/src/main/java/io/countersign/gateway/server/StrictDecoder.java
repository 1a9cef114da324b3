package io.countersign.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
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
 * Makes requests of bytes, and none of those that another server could read or end elsewhere: a request whose length is told in two ways, or in one that is not known, is not guessed at (RFC 9112 6.3), its
 * lines are as {@link HeadLines} has them, and it has one Host (3.2). What it does not take it hands on as an invalid request, and it reads nothing after that from the connection. The codec alone would answer an unknown version with a bare 501, outside of any handler.
 */
final class StrictDecoder extends VertxHttpRequestDecoder {
    private static final String NAME = "httpDecoder";
    /** Each that waits is held in memory whole, however little of the network it took. */
    static final int MOST_UNANSWERED = 256;

    private static final Set<String> SPOKEN = Set.of("HTTP/1.1", "HTTP/1.0");
    /** RFC 9112 2.3. */
    private static final Pattern VERSION = Pattern.compile("HTTP/[0-9]\\.[0-9]");

    /** A request in a version of HTTP that is not spoken here. */
    static final class OtherVersionException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;
    }

    /** Only the connection's event loop touches it. */
    private int unanswered;

    private final HeadLines lines = new HeadLines();

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

    /**
     * A request of the connection was answered. Runs on its event loop.
     *
     * @return whether more of what the client has sent, a request or the beginning of one, waits for its answer
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

    /** A client that sends so many requests ahead does not read the answers: it would not read a refusal either. */
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
    }

    @Override
    protected HttpMessage createMessage(String[] requestLine) {
        unanswered++;
        lines.requestLine();
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
        lines.head();
        requireOneHost(message);
        List<String> codings = message.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!codings.isEmpty() && !isPlainlyChunked(message, codings)) {
            throw new IllegalArgumentException("the end of the body is not clear");
        }
        return super.isContentAlwaysEmpty(message);
    }

    /** RFC 9112 3.2; HTTP/1.0 knows none, and takes one. */
    private static void requireOneHost(HttpMessage message) {
        int hosts = message.headers().getAll(HttpHeaderNames.HOST).size();
        if (hosts > 1 || (hosts == 0 && message.protocolVersion().equals(HttpVersion.HTTP_1_1))) {
            throw new IllegalArgumentException("there must be one Host");
        }
    }

    private static boolean isPlainlyChunked(HttpMessage message, List<String> codings) {
        return codings.size() == 1
                && codings.getFirst().equalsIgnoreCase("chunked")
                && !message.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                && message.protocolVersion().equals(HttpVersion.HTTP_1_1);
    }
}

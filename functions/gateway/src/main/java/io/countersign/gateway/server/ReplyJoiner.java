package io.countersign.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.concurrent.PromiseNotifier;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.Optional;

/**
 * Copies the head and the body of a short reply into one buffer, which the kernel takes in one plain write. The codec does so for bodies of up to 128 bytes only, and
 * OSS's error documents are longer. A write waits for the flush that follows it. Confined to the connection's event loop.
 */
final class ReplyJoiner extends ChannelOutboundHandlerAdapter {
    /** The most bytes that are copied into one buffer. */
    static final int MOST = 8 * 1024;

    private static final String NAME = "replyJoiner";

    private Optional<Waiting> waiting = Optional.empty();

    /**
     * What waits for the flush.
     *
     * @param joined whether the buffer is this handler's own, to which more may be appended
     */
    private record Waiting(ByteBuf bytes, boolean joined, ChannelPromise written) {}

    /** Joins what the connection writes from now on. */
    static void install(HttpConnection connection) {
        ChannelPipeline pipeline =
                ((HttpServerConnection) connection).channelHandlerContext().pipeline();
        String encoder = pipeline.context(HttpResponseEncoder.class).name();
        pipeline.addBefore(encoder, NAME, new ReplyJoiner());
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise written) {
        if (!(message instanceof ByteBuf bytes) || bytes.readableBytes() > MOST) {
            pass(context);
            context.write(message, written);
        } else if (waiting.isEmpty() || length(waiting.get(), bytes) > MOST) {
            pass(context);
            waiting = Optional.of(new Waiting(bytes, false, written.unvoid()));
        } else {
            waiting = Optional.of(joined(context, waiting.get(), bytes, written));
        }
    }

    private static int length(Waiting first, ByteBuf second) {
        return first.bytes().readableBytes() + second.readableBytes();
    }

    private static Waiting joined(
            ChannelHandlerContext context, Waiting first, ByteBuf second, ChannelPromise written) {
        ByteBuf joined = first.bytes();
        if (!first.joined()) {
            joined = context.alloc().directBuffer(length(first, second), MOST);
            joined.writeBytes(first.bytes());
            first.bytes().release();
        }
        joined.writeBytes(second);
        second.release();
        PromiseNotifier.cascade(false, first.written(), written.unvoid());
        return new Waiting(joined, true, first.written());
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        pass(context);
        context.flush();
    }

    /** What was written before and is not flushed fails with the channel, as without this handler. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise closed) {
        pass(context);
        context.close(closed);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        pass(context);
    }

    private void pass(ChannelHandlerContext context) {
        waiting.ifPresent(bytes -> context.write(bytes.bytes(), bytes.written()));
        waiting = Optional.empty();
    }
}

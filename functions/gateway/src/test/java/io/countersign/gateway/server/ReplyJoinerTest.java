package io.countersign.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplyJoinerTest {
    private final EmbeddedChannel channel = new EmbeddedChannel(new ReplyJoiner());
    private final List<ByteBuf> written = new ArrayList<>();

    @AfterEach
    void allBytesAreReleased() {
        channel.finishAndReleaseAll();
        assertThat(written).allSatisfy(bytes -> assertThat(bytes.refCnt()).isZero());
    }

    @Test
    void headAndBodyAreOneBuffer() {
        ChannelFuture head = write(text("head "));
        ChannelFuture body = write(text("body"));
        assertThat((Object) channel.readOutbound()).isNull();
        channel.flush();

        assertThat(sent()).containsExactly("head body");
        assertThat(head.isSuccess()).isTrue();
        assertThat(body.isSuccess()).isTrue();
    }

    @Test
    void aSingleWriteIsNotCopied() {
        ByteBuf only = text("only");
        write(only);
        channel.flush();

        assertThat((Object) channel.readOutbound()).isSameAs(only);
        only.release();
    }

    @Test
    void theBytesOfTheWriterStayAsTheyAre() {
        // Another part of the same memory follows the first write.
        ByteBuf memory = text("head tail");
        ByteBuf head = memory.duplicate().writerIndex(5).retain();
        written.add(memory);
        channel.write(head);
        write(text("body"));
        channel.flush();

        assertThat(sent()).containsExactly("head body");
        assertThat(memory.toString(StandardCharsets.UTF_8)).isEqualTo("head tail");
        memory.release();
    }

    @Test
    void repliesOfOneFlushAreOneBuffer() {
        for (String part : List.of("a", "b", "c", "d")) {
            write(text(part));
        }
        channel.flush();

        assertThat(sent()).containsExactly("abcd");
    }

    @Test
    void eachFlushSendsWhatCameBefore() {
        write(text("a"));
        channel.flush();
        write(text("b"));
        write(text("c"));
        channel.flush();
        channel.flush();

        assertThat(sent()).containsExactly("a", "bc");
    }

    @Test
    void whatIsTooLongIsSentInOrder() {
        String most = "x".repeat(ReplyJoiner.MOST);
        String longer = "y".repeat(ReplyJoiner.MOST + 1);
        write(text("a"));
        write(text(longer));
        write(text("b"));
        write(text(most));
        write(text("c"));
        write(text("d"));
        channel.flush();

        assertThat(sent()).containsExactly("a", longer, "b", most, "cd");
    }

    @Test
    void whatJustFitsIsJoined() {
        String head = "x".repeat(ReplyJoiner.MOST - 4);
        write(text(head));
        write(text("body"));
        write(text("z"));
        channel.flush();

        assertThat(sent()).containsExactly(head + "body", "z");
    }

    @Test
    void whatIsNoBufferIsSentInOrder() throws IOException {
        File file = File.createTempFile("reply", ".txt");
        write(text("head"));
        channel.write(new DefaultFileRegion(file, 0, 0));
        write(text("tail"));
        channel.flush();

        assertThat(takeText()).isEqualTo("head");
        DefaultFileRegion region = channel.readOutbound();
        region.release();
        assertThat(takeText()).isEqualTo("tail");
        assertThat(file.delete()).isTrue();
    }

    @Test
    void allWritesFailTogether() {
        EmbeddedChannel broken = new EmbeddedChannel(new Refusing(), new ReplyJoiner());
        ChannelFuture head = broken.write(text("head"));
        ChannelFuture body = broken.write(text("body"));
        broken.flush();

        assertThat(head.cause()).isInstanceOf(IOException.class);
        assertThat(body.cause()).isSameAs(head.cause());
        broken.finishAndReleaseAll();
    }

    @Test
    void whatWasNotFlushedFailsWhenTheChannelCloses() {
        ChannelFuture head = write(text("head"));
        ChannelFuture body = write(text("body"));
        channel.close();

        assertThat(head.isDone()).isTrue();
        assertThat(head.isSuccess()).isFalse();
        assertThat(body.isSuccess()).isFalse();
    }

    @Test
    void aRemovedHandlerLeavesNothingBehind() {
        write(text("head "));
        write(text("body"));
        channel.pipeline().remove(ReplyJoiner.class);
        channel.flush();

        assertThat(sent()).containsExactly("head body");
    }

    @Test
    void aWriterMayIgnoreTheOutcome() {
        channel.write(text("head "), channel.voidPromise());
        channel.write(text("body"), channel.voidPromise());
        channel.flush();

        assertThat(sent()).containsExactly("head body");
    }

    private ChannelFuture write(ByteBuf bytes) {
        return channel.write(bytes);
    }

    private ByteBuf text(String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        written.add(bytes);
        return bytes;
    }

    private List<String> sent() {
        List<String> sent = new ArrayList<>();
        while (!channel.outboundMessages().isEmpty()) {
            sent.add(takeText());
        }
        return sent;
    }

    private String takeText() {
        ByteBuf bytes = channel.readOutbound();
        String text = bytes.toString(StandardCharsets.UTF_8);
        bytes.release();
        return text;
    }

    /** A channel that takes nothing. */
    private static final class Refusing extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise written) {
            ((ByteBuf) message).release();
            written.setFailure(new IOException("refused"));
        }
    }
}

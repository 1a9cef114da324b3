package io.countersign.gateway.store;

import io.countersign.oss.Headers;
import io.countersign.verify.decide.HeaderText;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A store's answer, whose body is paused until it is read. Confined to the event loop of its connection.
 *
 * <p>Vert.x gives a connection to the next request when the last byte of an answer has arrived, which may be before the answer is read. A reset would then end the
 * other request: {@link #discard} resets only where the end has not arrived.
 */
final class AnswerStream {
    private final HttpClientRequest request;
    private final HttpClientResponse answer;
    private final Context loop;
    private Consumer<Buffer> pieces = piece -> {};
    private Runnable end = () -> {};
    private boolean over;

    /** @param broken called when the connection ends before the answer does, unless it is discarded */
    AnswerStream(HttpClientRequest request, HttpClientResponse answer, Context loop, Consumer<Throwable> broken) {
        this.request = request;
        this.answer = answer;
        this.loop = loop;
        answer.pause();
        answer.exceptionHandler(broken::accept);
        answer.handler(piece -> pieces.accept(piece));
        answer.endHandler(ended -> {
            over = true;
            end.run();
        });
    }

    /** As the store sent them. */
    Headers headers() {
        List<Headers.HeaderField> fields = new ArrayList<>();
        answer.headers().forEach((name, value) -> fields.add(new Headers.HeaderField(name, HeaderText.utf8(value))));
        return new Headers(fields);
    }

    void read(Consumer<Buffer> eachPiece, Runnable then) {
        pieces = eachPiece;
        end = then;
        answer.resume();
    }

    void pause() {
        answer.pause();
    }

    void resume() {
        answer.resume();
    }

    /**
     * Reads what nobody gets, so that the connection can be used again.
     *
     * @param most the bytes past which the connection is closed instead
     */
    void discard(long most) {
        if (over) {
            return;
        }
        long[] read = {0};
        pieces = piece -> {
            read[0] += piece.length();
            if (read[0] > most) {
                resetUnlessOver();
            }
        };
        end = () -> {};
        answer.exceptionHandler(broken -> {});
        answer.resume();
        if (most == 0) {
            resetUnlessOver();
        }
    }

    /** After what has arrived was handled: its end may be among that. */
    private void resetUnlessOver() {
        loop.runOnContext(later -> {
            if (!over) {
                UpstreamClients.reset(request);
            }
        });
    }
}

package io.countersign.gateway.server;

import io.countersign.http.hostile.Edit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes what is sent: sound exchanges, spoiled in their bytes and in the way they are sent. The same seed makes the same inputs. */
public final class WireInputs {
    /** How the client behaves. */
    public enum Manner {
        /** Sends all at once and reads until the server closes. */
        WHOLE,
        /** Sends in pieces, each in a packet of its own. */
        PIECES,
        /** Sends and goes away without a word. */
        LEAVE,
        /** Sends and breaks the connection off. */
        RESET
    }

    /** @param bytes one connection's whole input */
    public record Input(byte[] bytes, Manner manner) {}

    private static final String CLOSE = "Connection: close\r\n";

    private static final List<String> PIECES = List.of(
            "\r\n",
            "\n",
            "\r",
            "\r\n\r\n",
            "\n\n",
            "\0",
            " ",
            "\t",
            "\u000b",
            ":",
            ",",
            ";",
            "\u00ff",
            "\u4e2d",
            "%00",
            "%0d%0a",
            "HTTP/1.0",
            "HTTP/2.0",
            "HTTP/1.1 ",
            " HTTP/9.9\r\n",
            "GET ",
            "HEAD ",
            "POST ",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "CONNECT h:443 HTTP/1.1\r\n\r\n",
            "Content-Length: 0\r\n",
            "Content-Length: 1\r\n",
            "Content-Length: -1\r\n",
            "Content-Length: 5, 5\r\n",
            "Content-Length: 99999999999999999999\r\n",
            "Content-Length: 9223372036854775807\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: identity\r\n",
            "Transfer-Encoding: xchunked\r\n",
            "Transfer-Encoding : chunked\r\n",
            "Transfer-Encoding:\r\n chunked\r\n",
            "Expect: 100-continue\r\n",
            "Expect: x\r\n",
            "Connection: keep-alive\r\n",
            CLOSE,
            "Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n",
            "Upgrade: websocket\r\n",
            "Host: a\r\nHost: b\r\n",
            "Content-Type: text/plain\r\n",
            "X-Original-URI: /private-bucket/team/b\r\n",
            "X-Original-Method: PUT\r\n",
            "X-Forwarded-For: 127.0.0.1\r\n",
            "Authorization: Bearer x\r\n",
            " folded\r\n",
            ": \r\n",
            "0\r\n\r\n",
            "5\r\nabcde\r\n",
            "ffffffff\r\n",
            "-1\r\n",
            "zz\r\n",
            "5;x=y\r\nabcde\r\n0\r\nX: y\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET /auth HTTP/1.1\r\nHost: h\r\nX-Original-Method: GET\r\nX-Original-URI: /private-bucket/team/b\r\n"
                    + "X-Original-Host: localhost\r\n\r\n");

    /** Longer than any bound. */
    private static final List<String> RUNS = List.of("a", "a: b\r\n", "\r\n", "/", "%41", "[", "1\r\na\r\n", "\0");

    private final List<String> sound;
    private final RandomGenerator random;

    /** @param sound the exchanges as they are sent when nothing is wrong with them */
    public WireInputs(List<String> sound, RandomGenerator random) {
        this.sound = List.copyOf(sound);
        this.random = random;
    }

    /** The next input: a sound exchange with one to three edits, and now and then a sound one behind it. */
    public Input next() {
        String text = pick(sound);
        int edits = random.nextInt(1, 4);
        for (int i = 0; i < edits; i++) {
            text = edit(text).on(text);
        }
        // Now and then a sound request follows: it must be answered as itself, or not at all.
        if (random.nextInt(4) == 0) {
            text += pick(sound);
        }
        int manner = random.nextInt(20);
        return new Input(
                bytes(text),
                switch (manner) {
                    case 0 -> Manner.LEAVE;
                    case 1 -> Manner.RESET;
                    case 2, 3, 4 -> Manner.PIECES;
                    default -> Manner.WHOLE;
                });
    }

    private Edit edit(String text) {
        Edit.Kind kind = pick(List.of(Edit.Kind.values()));
        int at = random.nextInt(text.length() + 1);
        // Half of the edits hit where a line begins, which is where framing is decided.
        if (random.nextBoolean()) {
            at = text.indexOf('\n', at) + 1;
        }
        String piece = random.nextInt(30) == 0 ? pick(RUNS).repeat(pick(List.of(300, 9_000, 40_000))) : pick(PIECES);
        return new Edit(kind, random.nextInt(64), at, random.nextInt(3) == 0 ? random.nextInt(40) : 1, piece);
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

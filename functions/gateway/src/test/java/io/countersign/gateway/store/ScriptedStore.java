package io.countersign.gateway.store;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/** A store on loopback that answers what its test says, byte for byte, and remembers what it got. It checks nothing. */
final class ScriptedStore implements AutoCloseable {
    /** The most bytes of a body that are remembered. */
    private static final int REMEMBERED = 1 << 20;

    /**
     * A request.
     *
     * @param headers by lower-case name; repeated lines are joined by a line feed
     * @param body its beginning
     * @param length of the body as it came
     * @param whole whether the body came to its end
     */
    record Received(
            String method, String target, Map<String, String> headers, String body, long length, boolean whole) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** Answers one request on its connection. */
    @FunctionalInterface
    interface Script {
        void answer(Received request, Socket connection) throws IOException, InterruptedException;
    }

    final List<Received> received = new CopyOnWriteArrayList<>();
    /** The bytes of bodies so far, of those under way too. */
    final AtomicLong bytes = new AtomicLong();

    /** Of the bytes of all bodies so far. */
    private final CRC32C checksum = new CRC32C();

    final AtomicInteger connections = new AtomicInteger();
    private final boolean signedOnly;
    private final ServerSocket server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile Script script = say("200 OK", Map.of(), "");
    /** Answered before the body is read. */
    private volatile Script early = (request, connection) -> {};

    private volatile boolean reading = true;

    /** A store that is private: it refuses what is not signed, and does not remember it. */
    static ScriptedStore ofOwner() throws IOException {
        return new ScriptedStore(true);
    }

    ScriptedStore() throws IOException {
        this(false);
    }

    private ScriptedStore(boolean signedOnly) throws IOException {
        this.signedOnly = signedOnly;
        server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** {@code http://127.0.0.1:port}. */
    String endpoint() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    ScriptedStore answering(Script other) {
        script = other;
        return this;
    }

    ScriptedStore answeringEarly(Script other) {
        early = other;
        return this;
    }

    /** CRC-32C of the bytes of all bodies that have arrived. */
    long checksum() {
        synchronized (checksum) {
            return checksum.getValue();
        }
    }

    /** Whether bodies are read. */
    void reading(boolean other) {
        reading = other;
    }

    /** The connections that are open. */
    int open() {
        return open.size();
    }

    Received last() {
        return received.getLast();
    }

    static Script say(String status, Map<String, String> headers, String body) {
        return (request, connection) -> {
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + "\r\nContent-Length: "
                    + body.getBytes(StandardCharsets.UTF_8).length + "\r\nx-oss-request-id: OFTHESTORE\r\n");
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            write(connection, head + "\r\n" + (request.method().equals("HEAD") ? "" : body));
        };
    }

    /** Says these characters, each a byte. */
    static Script raw(String text) {
        return (request, connection) -> connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                connections.incrementAndGet();
                open.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = connection.getInputStream();
            while (one(in, connection)) {}
        } catch (IOException | InterruptedException e) {
            // The other side has left, or the script closed the connection.
        } finally {
            open.remove(connection);
        }
    }

    private boolean one(InputStream in, Socket connection) throws IOException, InterruptedException {
        String head = head(in);
        if (head.isEmpty()) {
            return false;
        }
        String[] lines = head.split("\r\n");
        String[] first = lines[0].split(" ");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.merge(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip(),
                    (one, other) -> one + "\n" + other);
        }
        if (signedOnly && !headers.containsKey("authorization")) {
            say("403 Forbidden", Map.of(), "")
                    .answer(new Received(first[0], first[1], headers, "", 0, true), connection);
            return true;
        }
        early.answer(new Received(first[0], first[1], headers, "", 0, false), connection);
        if (!reading) {
            Thread.sleep(60_000);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        long[] length = {0};
        boolean whole = body(in, headers, body, length);
        Received request =
                new Received(first[0], first[1], headers, body.toString(StandardCharsets.UTF_8), length[0], whole);
        received.add(request);
        if (!whole) {
            return false;
        }
        script.answer(request, connection);
        return !connection.isClosed() && !connection.isOutputShutdown();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private boolean body(InputStream in, Map<String, String> headers, OutputStream body, long[] length)
            throws IOException {
        try {
            if (headers.containsKey("transfer-encoding")) {
                long chunk = chunk(in);
                while (chunk > 0) {
                    copy(in, chunk, body, length);
                    line(in);
                    chunk = chunk(in);
                }
                line(in);
                return true;
            }
            copy(in, Long.parseLong(headers.getOrDefault("content-length", "0")), body, length);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void copy(InputStream in, long count, OutputStream body, long[] length) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long left = count;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException();
            }
            if (length[0] + read <= REMEMBERED) {
                body.write(buffer, 0, read);
            }
            length[0] += read;
            bytes.addAndGet(read);
            synchronized (checksum) {
                checksum.update(buffer, 0, read);
            }
            left -= read;
        }
    }

    private static long chunk(InputStream in) throws IOException {
        return Long.parseLong(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        while (!line.toString().endsWith("\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            line.append((char) next);
        }
        return line.substring(0, line.length() - 2);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : open) {
            connection.close();
        }
    }
}

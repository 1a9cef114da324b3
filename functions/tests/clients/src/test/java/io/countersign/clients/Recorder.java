package io.countersign.clients;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passes one connection on byte by byte, and can send again what the client sent. */
final class Recorder implements AutoCloseable {
    private static final Pattern HEAD = Pattern.compile(
            "^content-length: (\\d+)\\r\\n(?:.+\\r\\n)*\\r\\n", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    private static final int PATIENCE_MILLIS = 20_000;

    private final URI target;
    private final ServerSocket door;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    /** @param authority where what comes is passed on to: host and port */
    Recorder(String authority) throws IOException {
        target = URI.create("http://" + authority);
        door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::passOn);
    }

    String authority() {
        return "127.0.0.1:" + door.getLocalPort();
    }

    private void passOn() {
        try (Socket client = door.accept();
                Socket server = connect()) {
            Thread back = Thread.ofVirtual().start(() -> copy(server, client, OutputStream.nullOutputStream()));
            copy(client, server, sent);
            back.join();
        } catch (IOException | InterruptedException e) {
            // The client or the test went away: what was recorded stays.
        }
    }

    private static void copy(Socket from, Socket to, OutputStream record) {
        byte[] some = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            for (int length = in.read(some); length >= 0; length = in.read(some)) {
                record.write(some, 0, length);
                to.getOutputStream().write(some, 0, length);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // One side has closed.
        }
    }

    /** The answer to the same bytes, head and body. */
    String sendAgain() throws IOException {
        try (Socket server = connect()) {
            server.getOutputStream().write(sent.toByteArray());
            StringBuilder answer = new StringBuilder();
            InputStream in = server.getInputStream();
            while (!isWhole(answer)) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("cut off: " + answer);
                }
                answer.append((char) next);
            }
            return answer.toString();
        }
    }

    private static boolean isWhole(CharSequence answer) {
        Matcher head = HEAD.matcher(answer);
        return head.find() && answer.length() == head.end() + Integer.parseInt(head.group(1));
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(target.getHost(), target.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}

package io.countersign.gateway.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A raw TCP connection, for bytes that no HTTP client would send. */
public final class RawConnection implements AutoCloseable {
    private final Socket socket;

    private RawConnection(Socket socket) {
        this.socket = socket;
    }

    public static RawConnection open(String url) throws IOException {
        URI uri = URI.create(url);
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(20_000);
        return new RawConnection(socket);
    }

    /** The server's answer to these characters until it closes the connection. */
    public static String exchange(String url, String text) throws IOException {
        try (RawConnection connection = open(url)) {
            return connection.send(text).rest();
        }
    }

    /** The same over a UNIX socket. */
    public static String exchange(Path path, String text) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** The same of these bytes; what cannot be sent any more, because the server has closed, is not. */
    public static String exchange(String url, byte[] bytes) throws IOException {
        return pieces(url, bytes, bytes.length);
    }

    /** The same, so many bytes at a time, each in a packet of its own. */
    public static String pieces(String url, byte[] bytes, int size) throws IOException {
        try (RawConnection connection = open(url)) {
            connection.socket.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> connection.sendAll(bytes, size));
            return connection.restBeforeReset();
        }
    }

    /**
     * Sends and goes away without reading.
     *
     * @param reset whether to break the connection off
     * @return how many answers were read: none
     */
    public static int leave(String url, byte[] bytes, boolean reset) throws IOException {
        try (RawConnection connection = open(url)) {
            connection.socket.setSoLinger(reset, 0);
            connection.sendAll(bytes, bytes.length);
        }
        return 0;
    }

    private void sendAll(byte[] bytes, int size) {
        try {
            for (int at = 0; at < bytes.length; at += size) {
                socket.getOutputStream().write(bytes, at, Math.min(size, bytes.length - at));
            }
        } catch (IOException e) {
            // The server has answered and closed already.
        }
    }

    /** A server that closes while bytes are under way resets the connection; what came before is its answer. */
    private String restBeforeReset() throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        byte[] buffer = new byte[8_192];
        try {
            for (int read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
                received.write(buffer, 0, read);
            }
        } catch (SocketException e) {
            // As above.
        }
        return received.toString(StandardCharsets.ISO_8859_1);
    }

    public RawConnection send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** One more byte, after a moment. False when the server has closed the connection. */
    boolean drip(char octet) throws IOException, InterruptedException {
        Thread.sleep(2);
        try {
            socket.getOutputStream().write(octet);
            return true;
        } catch (SocketException e) {
            return false;
        }
    }

    /** All until the server closes. */
    public String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** One answer with its body by Content-Length; the connection stays. */
    public String answer() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        int at = text.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
        int length = at < 0 ? 0 : Integer.parseInt(text.substring(at + 16, text.indexOf('\r', at)));
        return text + new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

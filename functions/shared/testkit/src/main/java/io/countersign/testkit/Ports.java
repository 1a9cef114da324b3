package io.countersign.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports for processes that must be told theirs, and ports that nothing listens on. A server of this process listens on port 0 instead. */
public final class Ports {
    /** Below those that systems give to connections and to listeners on port 0, so that none of these comes in between. */
    private static final int LOWEST = 20_000;

    private static final int COUNT = 12_000;

    /** Builds that run at once begin at different ones. */
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % COUNT));

    private Ports() {}

    /** One that was free a moment ago, and that no other test of this process is given. */
    public static int free() throws IOException {
        for (int i = 0; i < COUNT; i++) {
            int port = LOWEST + NEXT.getAndIncrement() % COUNT;
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Another program's.
            }
        }
        throw new IOException("no port from " + LOWEST + " on is free");
    }

    /** One on loopback that refuses connections until the socket is closed: it is bound, and nothing listens. */
    public static Socket refusing() throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return socket;
    }
}

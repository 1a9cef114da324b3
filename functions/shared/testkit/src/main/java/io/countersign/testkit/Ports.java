package io.countersign.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Provides ports for child processes that need a given port, and ports that refuse connections. A server in the test's own process listens on port 0 instead. */
public final class Ports {
    /** Below the ephemeral ports, so that no connection or listener on port 0 gets one of these. */
    private static final int LOWEST = 20_000;

    private static final int COUNT = 12_000;

    /** Starts at a different port in each process, for builds that run concurrently. */
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % COUNT));

    private Ports() {}

    /** Returns a port that was free a moment ago, and that no other test of this process gets. */
    public static int free() throws IOException {
        for (int i = 0; i < COUNT; i++) {
            int port = LOWEST + NEXT.getAndIncrement() % COUNT;
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Another program has it; try the next.
            }
        }
        throw new IOException("no port from " + LOWEST + " on is free");
    }

    /** Returns a bound socket that does not listen: its port on loopback refuses connections until the socket is closed. */
    public static Socket refusing() throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return socket;
    }
}

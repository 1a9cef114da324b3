package io.countersign.gateway.server;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where a server listens.
 *
 * @param host an address, or a name that resolves to one
 * @param port 0 for any free one
 */
public record Listen(String host, int port) {
    /** Whether only this machine can reach the address. A name counts only when all that it resolves to is loopback. */
    public boolean isLoopback() {
        try {
            InetAddress[] addresses = InetAddress.getAllByName(host);
            for (InetAddress address : addresses) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return addresses.length > 0;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The address as a URL's beginning, for the port that was really taken. */
    String url(int actualPort) {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + actualPort;
    }
}

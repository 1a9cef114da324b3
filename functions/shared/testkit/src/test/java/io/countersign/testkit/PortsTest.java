package io.countersign.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void aFreePortCanBeListenedOnAndIsGivenOnce() throws Exception {
        int port = Ports.free();
        assertThat(port).isBetween(20_000, 31_999);
        try (ServerSocket socket = new ServerSocket(port)) {
            assertThat(Ports.free()).isNotEqualTo(socket.getLocalPort());
        }
    }

    @Test
    void aRefusingPortRefuses() throws Exception {
        try (Socket bound = Ports.refusing()) {
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), bound.getLocalPort()))
                    .isInstanceOf(ConnectException.class);
        }
    }
}

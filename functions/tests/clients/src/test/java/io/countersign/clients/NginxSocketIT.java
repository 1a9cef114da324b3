package io.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.storage.GuardedStorageManifest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A store of plain files whose nginx asks the gateway over a UNIX socket. */
@Tag("nginx")
class NginxSocketIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private FileStore store;

    @BeforeEach
    void start() throws Exception {
        store = FileStore.onSocket();
    }

    @AfterEach
    void stop() throws Exception {
        store.close();
    }

    private HttpResponse<String> get(String target) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(store.endpoint() + target)).build(), BodyHandlers.ofString());
    }

    @Test
    void decidesAboutEveryRequest() throws Exception {
        store.place(GuardedStorageManifest.PRIVATE, "public/readme.txt", "read me");
        store.place(GuardedStorageManifest.PRIVATE, "users/bob/b.txt", "bob's");
        assertThat(get("/examplebucket/public/readme.txt").body()).isEqualTo("read me");
        assertThat(get("/examplebucket/users/bob/b.txt").statusCode()).isEqualTo(403);
        store.gateway.close();
        assertThat(get("/examplebucket/public/readme.txt").statusCode()).isEqualTo(503);
    }

    @Test
    void policiesSeeTheClientThatNginxNames() throws Exception {
        store.place("elsewherebucket", "here/a.txt", "here");
        store.place("elsewherebucket", "network/a.txt", "network");
        assertThat(get("/elsewherebucket/here/a.txt").body()).isEqualTo("here");
        assertThat(get("/elsewherebucket/network/a.txt").statusCode()).isEqualTo(403);
    }
}

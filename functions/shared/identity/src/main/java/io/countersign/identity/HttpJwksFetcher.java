package io.countersign.identity;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads key sets over https (http on loopback alone), as the registry names them and no token does: no redirects, no private addresses unless the operator
 * allows them, {@value #MAX_BYTES} bytes and {@value #TIMEOUT_SECONDS} seconds at most, name resolution counted in.
 */
public final class HttpJwksFetcher implements JwksFetcher {
    static final int MAX_BYTES = 256 * 1024;
    static final int TIMEOUT_SECONDS = 2;
    private static final int OK = 200;

    private final AddressRule addresses;

    /** Made when the first key set is read: most functions never read one, and a client costs time at their start. */
    private static final class Client {
        static final HttpClient SHARED = HttpClient.newBuilder()
                .followRedirects(Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(TIMEOUT_SECONDS))
                .build();
    }

    /** @param allowPrivate whether a provider may live at a private, shared or link-local address */
    public HttpJwksFetcher(boolean allowPrivate) {
        this.addresses = new AddressRule(allowPrivate);
    }

    @Override
    public byte[] fetch(URI uri) throws IOException {
        FutureTask<byte[]> task = new FutureTask<>(() -> read(uri));
        Thread.ofVirtual().name("jwks").start(task);
        try {
            return task.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the key set did not come within " + TIMEOUT_SECONDS + " seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("reading the key set was interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException("the key set could not be read", e.getCause());
        } finally {
            task.cancel(true);
        }
    }

    private byte[] read(URI uri) throws IOException, InterruptedException {
        addresses.require(uri);
        HttpRequest request =
                HttpRequest.newBuilder(uri).header("Accept", "application/json").build();
        HttpResponse<byte[]> response =
                Client.SHARED.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
        if (response.statusCode() != OK) {
            throw new IOException("the key set's address answered " + response.statusCode() + ", not 200");
        }
        return response.body();
    }
}

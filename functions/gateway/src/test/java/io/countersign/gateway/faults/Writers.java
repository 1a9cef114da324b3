package io.countersign.gateway.faults;

import io.countersign.testkit.Seeds;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that write through a gateway, two kinds of writes each, until it is gone. */
final class Writers implements AutoCloseable {
    private static final int THREADS = 4;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Calls calls;
    private final Acknowledged acknowledged;
    private volatile boolean done;

    Writers(Calls calls, Acknowledged acknowledged) {
        this.calls = calls;
        this.acknowledged = acknowledged;
        for (int i = 0; i < THREADS; i++) {
            UUID name = Seeds.uuid();
            Future<?> unused = threads.submit(() -> write(name));
        }
    }

    private void write(UUID name) {
        try {
            for (int i = 0; !done; i++) {
                String key = name + "/" + i;
                if (calls.publish(key).statusCode() == 200) {
                    acknowledged.published(key);
                }
                String query = Calls.identityQuery(name + "-" + i);
                if (calls.identity(query).statusCode() == 200) {
                    acknowledged.used(query);
                }
            }
        } catch (IOException e) {
            // The gateway is gone: what it had not answered was not acknowledged.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        done = true;
        threads.close();
    }
}

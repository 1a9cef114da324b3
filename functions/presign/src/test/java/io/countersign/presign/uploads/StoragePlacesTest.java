package io.countersign.presign.uploads;

import static io.countersign.identity.TestToken.NOW;
import static io.countersign.presign.uploads.UploadWorld.TOKEN;
import static io.countersign.presign.uploads.UploadWorld.file;
import static io.countersign.presign.uploads.UploadWorld.refused;
import static io.countersign.presign.uploads.UploadWorld.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.http.LongWork;
import io.countersign.http.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Calls that wait for a slow storage leave threads to others. */
class StoragePlacesTest {
    private static final StoragePlaces.Subject ALICE = subject("alice");

    private final StoragePlaces places = new StoragePlaces(Duration.ofSeconds(15));

    private static StoragePlaces.Subject subject(String name) {
        return new StoragePlaces.Subject("1234567890123456", "demo", name);
    }

    private void isBusy(StoragePlaces.Subject subject) {
        assertThatThrownBy(() -> places.enter(subject))
                .isInstanceOfSatisfying(
                        StorageFault.class, fault -> assertThat(fault.reason()).isEqualTo(StorageFault.Reason.BUSY));
    }

    @Test
    void oneSubjectDoesNotTakeAll() throws Exception {
        List<StoragePlaces.Place> taken = new ArrayList<>();
        for (int i = 0; i < StoragePlaces.OF_ONE_SUBJECT; i++) {
            taken.add(places.enter(ALICE));
        }
        isBusy(ALICE);
        places.enter(subject("bob")).close();
        places.enter(new StoragePlaces.Subject("1234567890123456", "other", "alice"))
                .close();

        taken.getFirst().close();
        places.enter(ALICE);
        isBusy(ALICE);
    }

    @Test
    void aProcessAsksEightTimesAtOnce() throws Exception {
        List<StoragePlaces.Place> taken = new ArrayList<>();
        for (int i = 0; i < StoragePlaces.AT_ONCE; i++) {
            taken.add(places.enter(subject("user" + i)));
        }
        isBusy(ALICE);
        taken.getLast().close();
        places.enter(ALICE);
        isBusy(subject("bob"));
    }

    @Test
    void aStorageThatHangsHoldsAFewCalls() throws Exception {
        try (UploadWorld world = new UploadWorld(Duration.ofSeconds(5), LongWork.ANYWHERE);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String path = "video/multipart/" + text(begin(world), "multipart.uploadId");
            world.storage.forget();
            world.storage.answers(0, "");
            List<Future<Reply>> hanging = new ArrayList<>();
            for (int i = 0; i < StoragePlaces.OF_ONE_SUBJECT; i++) {
                hanging.add(threads.submit(() -> begin(world)));
            }
            long start = System.nanoTime();
            while (world.storage.asked().size() < StoragePlaces.OF_ONE_SUBJECT) {
                assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(4));
                Thread.sleep(10);
            }

            Reply busy = begin(world);
            refused(busy, 503, "StorageBusy");
            assertThat(busy.header("Retry-After")).contains("1");
            refused(world.call("POST", path + "/complete", Optional.empty(), "", TOKEN, NOW), 503, "StorageBusy");
            refused(world.call("DELETE", path + "/abort", Optional.empty(), "", TOKEN, NOW), 503, "StorageBusy");
            assertThat(world.storage.asked()).hasSize(StoragePlaces.OF_ONE_SUBJECT);
            assertThat(world.post("avatar", file("a.png", "image/png", 1)).status())
                    .isEqualTo(200);

            for (Future<Reply> call : hanging) {
                refused(call.get(20, TimeUnit.SECONDS), 503, "StorageUnavailable");
            }
            world.storage.answers();
            assertThat(begin(world).status()).isEqualTo(200);
        }
    }

    private static Reply begin(UploadWorld world) {
        return world.post("video", file("a.png", "image/png", 1));
    }
}

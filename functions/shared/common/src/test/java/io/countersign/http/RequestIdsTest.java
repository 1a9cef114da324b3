package io.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testkit.Seeds;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestIdsTest {
    private static final int SEVERAL_BATCHES = 3 * RequestIds.BATCH + 1;

    @Test
    void haveTheFormOfOss() {
        RequestIds ids = new RequestIds(Seeds.random());

        assertThat(IntStream.range(0, SEVERAL_BATCHES).mapToObj(i -> ids.next()))
                .allSatisfy(id -> assertThat(id).matches("[0-9A-F]{24}"));
    }

    @Test
    void areTheBytesOfTheGeneratorEachUsedOnce() {
        RequestIds ids = new RequestIds(new Counting());

        assertThat(ids.next()).isEqualTo("000102030405060708090A0B");
        assertThat(ids.next()).isEqualTo("0C0D0E0F1011121314151617");
        String firstOfSecondBatch = IntStream.range(0, RequestIds.BATCH - 1)
                .mapToObj(i -> ids.next())
                .toList()
                .getLast();
        assertThat(firstOfSecondBatch).isEqualTo("E0E1E2E3E4E5E6E7E8E9EAEB");
    }

    @Test
    void areDifferentOnManyThreads() throws Exception {
        RequestIds ids = new RequestIds(Seeds.random());
        Set<String> all = new HashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<List<String>>> drawn = IntStream.range(0, 4)
                    .mapToObj(i -> threads.submit(() -> IntStream.range(0, SEVERAL_BATCHES)
                            .mapToObj(n -> ids.next())
                            .toList()))
                    .toList();
            for (Future<List<String>> some : drawn) {
                all.addAll(some.get());
            }
        }

        assertThat(all).hasSize(4 * SEVERAL_BATCHES);
    }

    /** Bytes that count up. */
    private static final class Counting implements RandomGenerator {
        private byte next;

        @Override
        public void nextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = next++;
            }
        }

        @Override
        public long nextLong() {
            throw new UnsupportedOperationException("only bytes are drawn");
        }
    }
}

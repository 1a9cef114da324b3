package io.countersign.registry.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testkit.Seeds;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SimulationTest {
    @Test
    void aReaderWithoutACacheReadsEveryRecordEachTime() throws Exception {
        // The host in a batch of its own, then the key, its owner, the bucket and the object's ACL.
        Simulation.Result result = new Simulation(new Load(100, 1.0, 10, 1_000, 200, 1, 1_000, 0)).run(0, 2);
        assertThat(result.batchesPerRequest()).isEqualTo(2.0);
        assertThat(result.unitsPerSecond()).isEqualTo(5 * 200.0);
    }

    @Test
    void aReaderThatHasForgottenReadsEveryRecordInOneBatch() throws Exception {
        // One request in ten seconds for each of few keys: nothing is remembered for so long.
        Simulation.Result result = new Simulation(new Load(1, 1.0, 1, 1_000_000, 1, 10_000, 100, 5)).run(0, 50);
        assertThat(result.batchesPerRequest()).isEqualTo(1.0);
        assertThat(result.unitsPerSecond()).isEqualTo(5.0);
    }

    @Test
    void aWarmReaderReadsNoMoreThanItsRecordsOnceInTheirTime() throws Exception {
        // 10 keys with their owners and one bucket every 5 s, one ACL and one domain that are absent every second.
        Simulation.Result result = new Simulation(new Load(10, 1.0, 1, 1, 1_000, 1, 1_000, 5)).run(5, 10);
        assertThat(result.unitsPerSecond()).isBetween(4.0, 10 * 2 / 5.0 + 1 / 5.0 + 2.0 + 0.5);
        assertThat(result.batchesPerRequest()).isLessThan(0.01);
    }

    @Test
    void moreInstancesReadMoreAndALargerCacheLess() throws Exception {
        double few = units(new Load(1_000, 1.0, 10, 10, 500, 2, 1_000, 5));
        assertThat(units(new Load(1_000, 1.0, 10, 10, 500, 20, 1_000, 5))).isGreaterThan(few);
        assertThat(units(new Load(1_000, 1.0, 10, 10, 500, 2, 50, 5))).isGreaterThan(few);
    }

    @Test
    void theFirstIsDrawnTwiceAsOftenAsTheSecond() {
        Zipf zipf = new Zipf(1_000, 1.0);
        RandomGenerator random = Seeds.always(1);
        int[] drawn = new int[1_000];
        for (int i = 0; i < 100_000; i++) {
            drawn[zipf.draw(random)]++;
        }
        assertThat(drawn[0] / (double) drawn[1]).isBetween(1.8, 2.2);
        assertThat(drawn[0] / (double) drawn[9]).isBetween(8.5, 11.5);
    }

    private static double units(Load load) throws Exception {
        return new Simulation(load).run(5, 5).unitsPerSecond();
    }
}

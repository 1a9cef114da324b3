package io.countersign.registry.cost;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws numbers from 0 up, the k-th as often as 1/k to the power of an exponent: few are asked for often, most hardly ever. */
final class Zipf {
    private final double[] cumulated;

    Zipf(int size, double exponent) {
        cumulated = new double[size];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += Math.pow(i + 1.0, -exponent);
            cumulated[i] = sum;
        }
    }

    int draw(RandomGenerator random) {
        double point = random.nextDouble() * cumulated[cumulated.length - 1];
        int found = Arrays.binarySearch(cumulated, point);
        return Math.min(found >= 0 ? found : -found - 1, cumulated.length - 1);
    }
}

package io.countersign.registry.manifest;

import java.io.IOException;
import java.util.List;

/**
 * Stores the secrets of generated access keys. It is called before the transaction that makes them, so that an
 * interruption cannot lose the secret of a key that the registry has.
 */
public interface KeyKeeper {
    /** Where an operator finds the secrets. The registry stores it until the keys were shown. */
    String place();

    /**
     * Returns when the secrets would survive the loss of the process and of power.
     *
     * @throws IOException when they cannot be stored; the keys are then not made
     */
    void keep(List<ApplyReport.GeneratedKey> keys) throws IOException;

    /**
     * Removes the keys of the last {@link #keep}, because they were not made.
     *
     * @throws IOException when they cannot be removed
     */
    void drop(List<ApplyReport.GeneratedKey> keys) throws IOException;

    /** Stores nothing besides the {@link ApplyReport}: for registries that end with the process that made them. */
    static KeyKeeper reportAlone() {
        return new KeyKeeper() {
            @Override
            public String place() {
                return "the report";
            }

            @Override
            public void keep(List<ApplyReport.GeneratedKey> keys) {}

            @Override
            public void drop(List<ApplyReport.GeneratedKey> keys) {}
        };
    }
}

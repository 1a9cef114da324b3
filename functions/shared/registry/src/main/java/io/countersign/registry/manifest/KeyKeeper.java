package io.countersign.registry.manifest;

import java.io.IOException;
import java.util.List;

/**
 * Keeps the secrets of access keys that an apply makes. It is told before the transaction that makes them, so that no interruption loses a secret whose
 * key stands in the registry.
 */
public interface KeyKeeper {
    /** Where the secrets are to be found, for people: the registry remembers it until the keys were shown. */
    String place();

    /**
     * Returns once the secrets outlive the loss of the process and of power.
     *
     * @throws IOException when they cannot be kept: the keys are then not made
     */
    void keep(List<ApplyReport.GeneratedKey> keys) throws IOException;

    /**
     * Told when the keys of the last {@link #keep} were not made.
     *
     * @throws IOException when they cannot be taken out again
     */
    void drop(List<ApplyReport.GeneratedKey> keys) throws IOException;

    /** Keeps nothing but what {@link ApplyReport} has: for registries that end with the process that made them. */
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

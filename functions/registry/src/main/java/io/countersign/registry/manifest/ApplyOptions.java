package io.countersign.registry.manifest;

/**
 * How a manifest is applied.
 *
 * @param prune whether what it no longer names is removed, and not only reported
 * @param caps what the overlap of a rotation is measured by
 */
public record ApplyOptions(boolean prune, SigningCaps caps) {
    public static ApplyOptions of(boolean prune) {
        return new ApplyOptions(prune, SigningCaps.DEFAULT);
    }
}

package io.countersign.registry.sealing;

/** An empty registry, for tests of root keys only. */
public final class NothingSealed implements SealedRecords {
    public static final NothingSealed YET = new NothingSealed();

    private NothingSealed() {}

    @Override
    public boolean none() {
        return true;
    }

    @Override
    public void requireOpenedBy(RootKey root) {}
}

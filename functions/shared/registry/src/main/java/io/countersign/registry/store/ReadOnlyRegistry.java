package io.countersign.registry.store;

/** A write was asked of a registry that was opened to be read alone. It was not made, and trying again makes it neither. */
public final class ReadOnlyRegistry extends StoreUnavailable {
    private static final long serialVersionUID = 1L;

    public ReadOnlyRegistry() {
        super("the registry is open for reading alone (--read-only), and this would write to it; ask a server, or run"
                + " a command, that may write");
    }
}

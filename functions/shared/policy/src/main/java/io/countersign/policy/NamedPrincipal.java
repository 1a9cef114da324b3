package io.countersign.policy;

import io.countersign.json.Value;

/** One entry of a Principal, with its place and what its statement does. */
public final class NamedPrincipal {
    private final LocatedString entry;
    private final Statement.Effect effect;
    private final PrincipalName name;

    NamedPrincipal(LocatedString entry, Statement.Effect effect, PrincipalName name) {
        this.entry = entry;
        this.effect = effect;
        this.name = name;
    }

    public Value.Location at() {
        return entry.at();
    }

    /** Whether the statement is a Deny. One that names nobody never bites. */
    public boolean denies() {
        return effect == Statement.Effect.DENY;
    }

    public Naming naming(Identities known) {
        return name.naming(known);
    }

    /** What it comes to that the entry names nobody, and what to write instead. */
    public String problem() {
        return switch (effect) {
            case ALLOW -> "this Allow gives nothing to " + entry.text() + ": " + name.lack();
            case DENY -> "this Deny never bites " + entry.text() + ": " + name.lack();
        };
    }
}

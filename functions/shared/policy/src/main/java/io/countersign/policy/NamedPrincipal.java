package io.countersign.policy;

import io.countersign.json.Value;

/** An entry of a Principal, with its location and the effect of its statement. */
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

    /** Whether the statement is a Deny. A Deny without an existing principal never applies. */
    public boolean denies() {
        return effect == Statement.Effect.DENY;
    }

    public Naming naming(Identities known) {
        return name.naming(known);
    }

    /** The consequence of an entry without an existing principal, and its correction. */
    public String problem() {
        return switch (effect) {
            case ALLOW -> "this Allow gives nothing to " + entry.text() + ": " + name.lack();
            case DENY -> "this Deny never applies to " + entry.text() + ": " + name.lack();
        };
    }
}

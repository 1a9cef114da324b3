package io.countersign.policy;

/** An entry of a policy that names a principal. */
interface PrincipalName {
    Naming naming(Identities known);

    /**
     * The missing principal and the correction, as two parts of a sentence, for an entry without an existing
     * principal.
     */
    String lack();
}

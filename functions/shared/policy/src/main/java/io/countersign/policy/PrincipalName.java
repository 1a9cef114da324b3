package io.countersign.policy;

/** How a policy names a principal. */
interface PrincipalName {
    Naming naming(Identities known);

    /** Who is missing when it names nobody, and what to write then: two parts of a sentence. */
    String lack();
}

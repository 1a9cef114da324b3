package io.countersign.policy;

/** One right as the statements are asked about it: worked out once, asked many times. */
record Asked(String action, ResourceName resource, Principal principal, Conditions conditions) {
    static Asked of(NeededRight needed, Principal principal, Conditions conditions) {
        return new Asked(
                Letters.lower(needed.right().action()), ResourceName.of(needed, principal), principal, conditions);
    }
}

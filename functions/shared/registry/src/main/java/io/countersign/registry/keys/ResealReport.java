package io.countersign.registry.keys;

/**
 * What a reseal did.
 *
 * @param version the newest version of the root key, under which everything is sealed now
 * @param made whether this reseal made that version; no when it finished what an earlier one began
 * @param moved secrets that were sealed anew: access keys and token keys
 */
public record ResealReport(String version, boolean made, long moved) {}

package io.countersign.policy;

/**
 * The wish to assume a role. The action is always {@code sts:AssumeRole}, however the caller proves who it is (protocol.md 9, trust policy).
 *
 * @param conditions what is known of the call, and how its caller proved who it is; {@code acs:PrincipalARN} is taken from the principal
 */
public record TrustRequest(TrustPrincipal principal, Conditions conditions) {}

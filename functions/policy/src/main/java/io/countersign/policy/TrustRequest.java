package io.countersign.policy;

/**
 * The wish to assume a role. The action is always {@code sts:AssumeRole}, however the caller proves who it is (protocol.md 9, trust policy).
 *
 * @param conditions with {@code oidc:iss}, {@code oidc:aud} and {@code oidc:sub} for a federated caller, {@code sts:ExternalId} where one was given
 */
public record TrustRequest(TrustPrincipal principal, Conditions conditions) {}

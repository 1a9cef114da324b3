package io.countersign.identity.limits;

/**
 * Who has a share of a role's limits.
 *
 * @param roleId never reused, so that a role that is made again counts from zero
 * @param voucher the key of the provider that vouches for the subject, or of the access key that does
 * @param subject unique for its voucher
 */
public record LimitedSubject(String accountId, String roleId, String voucher, String subject) {}

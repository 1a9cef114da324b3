package io.countersign.registry;

/**
 * What a session says it rests on.
 *
 * @param roleId the id of the role when the session was made: a role that was made again under the name is another
 */
public record SessionQuery(String accountId, String roleName, String roleId, Revocable.Founder founder) {}

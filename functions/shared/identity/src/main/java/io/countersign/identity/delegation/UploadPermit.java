package io.countersign.identity.delegation;

/**
 * That a form may be signed.
 *
 * @param bindsAcl whether the form must leave the object's ACL alone
 */
public record UploadPermit(Permit permit, boolean bindsAcl) {}

/**
 * Evaluates RAM policy documents and ACLs to a decision with its reasons. No I/O, no clock.
 *
 * <p>Where the official documents are silent or ambiguous, the reading that grants less is used:
 *
 * <ul>
 *   <li>Everything unknown in a document is refused: a member, an operator, a condition key (by its exact spelling), a
 *       key under an operator of another type, a service other than OSS (and STS and RAM outside bucket policies).
 *   <li>Actions match in any ASCII case; all other texts by their exact characters.
 *   <li>The five parts of a resource are matched separately, so {@code *} stays in its part; in the path it matches
 *       slashes, and {@code bucket*} also matches other buckets and their objects.
 *   <li>A session policy overrides everything but an explicit Deny: no bucket policy grants a session what its session
 *       policy does not.
 *   <li>An id in a bucket policy is the account with its own access keys; {@code *} without a Condition excludes exactly
 *       those of the owner.
 * </ul>
 */
@NullMarked
package io.countersign.policy;

import org.jspecify.annotations.NullMarked;

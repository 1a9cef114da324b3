/**
 * RAM policy documents and ACLs to a decision with its reasons. No I/O, no clock.
 *
 * <p>Where the official documents are silent or allow two readings, the reading that gives less is taken:
 *
 * <ul>
 *   <li>Whatever is not known in a document is refused: a member, an operator, a condition key (by its exact spelling), a key under an operator
 *       of another type, a service other than OSS (and STS and RAM outside bucket policies).
 *   <li>Actions match in any ASCII case; all other texts by their exact characters.
 *   <li>The five parts of a resource are matched one by one, so {@code *} stays in its part; in the path it passes slashes, and
 *       {@code bucket*} also names other buckets and their objects.
 *   <li>A session policy goes before everything but an explicit Deny: no bucket policy gives a session what its session policy does not.
 *   <li>An id in a bucket policy is the account by its own access keys; {@code *} without a Condition leaves out just those of the owner.
 * </ul>
 */
@NullMarked
package io.countersign.policy;

import org.jspecify.annotations.NullMarked;

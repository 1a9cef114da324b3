/** The STS actions (protocol.md 6): AssumeRole, AssumeRoleWithOIDC and GetCallerIdentity, with their signatures, answers and errors. */
@NullMarked
package io.countersign.token.sts;

import org.jspecify.annotations.NullMarked;

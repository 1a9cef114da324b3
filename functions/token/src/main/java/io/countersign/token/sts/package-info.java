/** The STS actions AssumeRole, AssumeRoleWithOIDC and GetCallerIdentity, with their signatures, answers and errors (docs/protocol.md 6). */
@NullMarked
package io.countersign.token.sts;

import org.jspecify.annotations.NullMarked;

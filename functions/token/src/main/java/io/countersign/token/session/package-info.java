/** A session as {@code /token} and the STS actions answer it, and the refusal of {@code /token}. */
@NullMarked
package io.countersign.token.session;

import org.jspecify.annotations.NullMarked;

/** One notion of a caller: a bearer JWT that assumed a role, with its claims filled into the policies. */
@NullMarked
package io.countersign.identity;

import org.jspecify.annotations.NullMarked;

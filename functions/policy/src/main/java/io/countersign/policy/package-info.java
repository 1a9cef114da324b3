/** RAM policy documents and ACLs to a decision with its reasons. No I/O, no clock. */
@NullMarked
package io.countersign.policy;

import org.jspecify.annotations.NullMarked;

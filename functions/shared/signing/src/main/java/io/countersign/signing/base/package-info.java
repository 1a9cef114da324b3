/** The common parts of all signature versions: HMACs and digests, sorted headers and parameters, times. For this module only. */
@NullMarked
package io.countersign.signing.base;

import org.jspecify.annotations.NullMarked;

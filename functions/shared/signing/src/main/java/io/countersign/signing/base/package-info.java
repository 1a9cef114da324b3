/** What all signature versions share: HMACs and digests, sorted headers and parameters, moments. For this module alone. */
@NullMarked
package io.countersign.signing.base;

import org.jspecify.annotations.NullMarked;

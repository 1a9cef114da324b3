/** The function that signs strings to sign: a client builds its own request, and gets a signature if its role allows the request. */
@NullMarked
package io.countersign.signcontent;

import org.jspecify.annotations.NullMarked;

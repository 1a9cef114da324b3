/** Self-signed mode: clients build their strings to sign, and have those signed that their role allows. */
@NullMarked
package io.countersign.signcontent;

import org.jspecify.annotations.NullMarked;

/** {@code POST /verify}: reads a call, has the request decided on, and writes the answer. */
@NullMarked
package io.countersign.verify;

import org.jspecify.annotations.NullMarked;

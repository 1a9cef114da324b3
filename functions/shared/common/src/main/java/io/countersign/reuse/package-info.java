/** Objects and buffers that are used again, because making them costs more than what they are used for. */
@NullMarked
package io.countersign.reuse;

import org.jspecify.annotations.NullMarked;

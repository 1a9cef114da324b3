/** The functions that presign URLs and upload forms. */
@NullMarked
package io.countersign.presign;

import org.jspecify.annotations.NullMarked;

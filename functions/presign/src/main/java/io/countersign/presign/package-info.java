/** Presigned URLs and forms for callers. */
@NullMarked
package io.countersign.presign;

import org.jspecify.annotations.NullMarked;

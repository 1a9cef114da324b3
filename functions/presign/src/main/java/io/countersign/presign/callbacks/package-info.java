/** Callbacks of Alibaba Cloud OSS: made for an upload, checked when OSS calls, and told as one event. */
@NullMarked
package io.countersign.presign.callbacks;

import org.jspecify.annotations.NullMarked;

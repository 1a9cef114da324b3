/** What an OSS request is: its address, its operation, the rights that this operation needs, and the errors of OSS. */
@NullMarked
package io.countersign.oss;

import org.jspecify.annotations.NullMarked;

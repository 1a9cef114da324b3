/**
 * The model of an OSS request: its address, its operation, the rights that the operation needs, and the errors of OSS.
 */
@NullMarked
package io.countersign.oss;

import org.jspecify.annotations.NullMarked;

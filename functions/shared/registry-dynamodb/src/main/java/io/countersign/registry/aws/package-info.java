/** Settings and construction of all clients of AWS. */
@NullMarked
package io.countersign.registry.aws;

import org.jspecify.annotations.NullMarked;

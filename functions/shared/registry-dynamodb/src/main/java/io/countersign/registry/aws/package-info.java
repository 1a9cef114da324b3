/** What the clients of Amazon's services have in common. */
@NullMarked
package io.countersign.registry.aws;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.countersign.gateway.store;

import org.jspecify.annotations.NullMarked;

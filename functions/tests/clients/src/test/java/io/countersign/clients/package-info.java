/** Clients as people use them, unmodified, against a running gateway and a storage that asks it about every request. */
@NullMarked
package io.countersign.clients;

import org.jspecify.annotations.NullMarked;

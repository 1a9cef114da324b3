/** Keys rotate under load, on every store: the faces as clients and storages use them, while processes are killed and events come as buses send them. */
@NullMarked
package io.countersign.gateway.rotation;

import org.jspecify.annotations.NullMarked;

/** Files of this process: their modes, and locks between the processes of one machine. */
@NullMarked
package io.countersign.gateway.files;

import org.jspecify.annotations.NullMarked;

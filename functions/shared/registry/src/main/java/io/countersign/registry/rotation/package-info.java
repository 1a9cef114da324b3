/** The records of rotation: the index of due keys, the audit, and the events to send. */
@NullMarked
package io.countersign.registry.rotation;

import org.jspecify.annotations.NullMarked;

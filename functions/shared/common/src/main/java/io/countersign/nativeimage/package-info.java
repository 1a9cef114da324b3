/** Takes part when GraalVM's native-image compiles an executable; nothing of it is in one. */
@NullMarked
package io.countersign.nativeimage;

import org.jspecify.annotations.NullMarked;

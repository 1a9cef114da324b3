/** Demo data whose every key is made for the one run, and the lines that show what it can do. */
@NullMarked
package io.countersign.gateway.demo;

import org.jspecify.annotations.NullMarked;

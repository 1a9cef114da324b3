/** The demo: a manifest whose keys are generated for one run, example commands for it, and a stand-in storage. */
@NullMarked
package io.countersign.gateway.demo;

import org.jspecify.annotations.NullMarked;

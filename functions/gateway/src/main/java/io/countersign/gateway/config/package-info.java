/** The settings of the gateway: one record per concern, each with its defaults and bounds. */
@NullMarked
package io.countersign.gateway.config;

import org.jspecify.annotations.NullMarked;

/** The settings of the operator by name, with typed and bounded reads. The module that uses a setting defines its meaning. */
@NullMarked
package io.countersign.settings;

import org.jspecify.annotations.NullMarked;

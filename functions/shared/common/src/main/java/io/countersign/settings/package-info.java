/** What an operator may set, by name, and typed and bounded reads of it. What a setting means is said by the module that it is for. */
@NullMarked
package io.countersign.settings;

import org.jspecify.annotations.NullMarked;

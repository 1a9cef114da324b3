/** RAM for tests: a server of its shape, and Alibaba Cloud's own client. */
@NullMarked
package io.countersign.rotate.ram;

import org.jspecify.annotations.NullMarked;

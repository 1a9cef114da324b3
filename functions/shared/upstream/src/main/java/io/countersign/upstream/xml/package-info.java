/** The small XML documents of object storage, read strictly and written anew. */
@NullMarked
package io.countersign.upstream.xml;

import org.jspecify.annotations.NullMarked;
